/**
 * An object of ninjs with its keys in lower case: versions 1 and 2 write `versioncreated`, version 3 `versionCreated`.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads an object's own fields; anything else has none. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key.toLowerCase(), inside]));
}

/** The first of these fields that holds a text or a number, as text. */
export function textIn(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    if (text !== '') return text;
  }
  return null;
}

/**
 * The objects under the first of these fields that has any: a list of version 2 and 3, or the named members of version
 * 1, whose names become `name`.
 */
export function objectsIn(fields: Fields, ...names: readonly string[]): Fields[] {
  for (const name of names) {
    const found = objectsOf(fields[name]);
    if (found.length > 0) return found;
  }
  return [];
}

function objectsOf(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.map(named).filter((one) => Object.keys(one).length > 0);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    const one = fieldsOf(inside);
    return Object.keys(one).length === 0 ? [] : [{ name, ...one }];
  });
}

/** A mere text in a list of objects is the name of one. */
function named(value: unknown): Fields {
  return typeof value === 'string' ? { name: value } : fieldsOf(value);
}
