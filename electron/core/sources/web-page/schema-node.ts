import { isObject, type Loose } from '../reading/read-json.ts';
import { oneLine, plainText } from '../reading/words.ts';

/** A thing of schema.org with its properties, from whichever of the syntaxes; the keys are without their vocabulary. */
export type SchemaNode = Loose;

/** The values of a property: one, several, or none. */
export function valuesOf(node: SchemaNode, ...names: readonly string[]): unknown[] {
  for (const name of names) {
    const value = Object.hasOwn(node, name) ? node[name] : undefined;
    const values = (Array.isArray(value) ? value : [value]).filter(
      (one) => one !== undefined && one !== null,
    );
    if (values.length > 0) return values;
  }
  return [];
}

/** The types of a thing, without their vocabulary: `VideoObject` of `https://schema.org/VideoObject`. */
export function typesOf(node: SchemaNode): string[] {
  return valuesOf(node, '@type', 'type').flatMap((type) =>
    typeof type === 'string' ? type.split(/\s+/).map((one) => one.replace(/^.*[/#:]/, '')) : [],
  );
}

/** Whether a thing is a video as a whole, not a clip of one or a broadcast. */
export function isVideo(node: SchemaNode): boolean {
  return typesOf(node).some(
    (type) => type === 'VideoObject' || type === 'MusicVideoObject' || type === 'VideoObjectSnapshot',
  );
}

/** A value as one line: a text or number, or what a thing is called. */
export function wordOf(value: unknown): string | null {
  if (typeof value === 'string') return oneLine(plainText(value));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isObject(value)) return null;
  for (const inner of valuesOf(value, 'name', '@value', 'alternateName', 'headline')) {
    if (typeof inner === 'string') return oneLine(plainText(inner));
    // A text with its language: {"name": {"@value": "…", "@language": "en"}}.
    if (isObject(inner) && typeof inner['@value'] === 'string') return oneLine(plainText(inner['@value']));
  }
  return null;
}

/** The first of a property that can be said in a line. */
export function firstWord(node: SchemaNode, ...names: readonly string[]): string | null {
  return (
    valuesOf(node, ...names)
      .map(wordOf)
      .find((word) => word !== null) ?? null
  );
}

/** A text of several lines. */
export function firstText(node: SchemaNode, ...names: readonly string[]): string | null {
  for (const value of valuesOf(node, ...names)) {
    const raw = isObject(value) ? (value['@value'] ?? value['text']) : value;
    const text = plainText(raw);
    if (text !== null) return text;
  }
  return null;
}

/** What may be an address: a text, or the address of a thing. */
export function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  return valuesOf(value, 'url', 'contentUrl', '@id').filter((one) => typeof one === 'string');
}
