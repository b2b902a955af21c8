import { oneLine } from '../reading/words.ts';
import type { XmlElement } from './xml-tree.ts';

/** The children of these names, in the order of the document. */
export function childrenOf(element: XmlElement | null, ...names: readonly string[]): XmlElement[] {
  return (element?.inside ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && names.includes(child.name),
  );
}

/** The first child of a name. */
export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  return childrenOf(element, name)[0] ?? null;
}

/**
 * What is in an element, as HTML: escaped markup as it was escaped, and markup that is part of the document (XHTML, or
 * a description that was never escaped) as markup.
 */
export function markupOf(element: XmlElement | null): string {
  const inside = element?.inside ?? [];
  if (inside.every((part) => typeof part === 'string')) return inside.join('');
  return inside.map(serialised).join('');
}

/** The text of the first of these names that has any, in one line; names are in order of preference. */
export function wordsOf(element: XmlElement | null, ...names: readonly string[]): string | null {
  for (const name of names) {
    for (const child of childrenOf(element, name)) {
      const text = oneLine(markupOf(child));
      if (text !== null) return text;
    }
  }
  return null;
}

/** An attribute with something in it. */
export function attributeOf(element: XmlElement | null, name: string): string | null {
  return element?.attributes[name]?.trim() || null;
}

function serialised(part: XmlElement | string): string {
  if (typeof part === 'string') return escaped(part);
  const name = part.name.slice(part.name.indexOf(':') + 1);
  return `<${name}>${part.inside.map(serialised).join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
