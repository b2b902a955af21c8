/** By what one telling of an item is known to be older than another. */
export interface Stamp {
  readonly version: string | null;
  readonly changedAtMs: number | null;
}

/**
 * Below 0 when the first telling is the older one, above 0 when it is the newer one: by the source's version, and by
 * the time of the change where the versions do not tell. 0 when neither does; then what is told last holds.
 */
export function compareStamps(a: Stamp, b: Stamp): number {
  const byVersion = a.version === null || b.version === null ? 0 : compareVersions(a.version, b.version);
  if (byVersion !== 0 || a.changedAtMs === null || b.changedAtMs === null) return byVersion;
  return a.changedAtMs - b.changedAtMs;
}

/** Numbers within the versions count as numbers: 10 is after 9, 1.10 after 1.9, and stamps go by their digits. */
function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const left = partsOf(a);
  const right = partsOf(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compareParts(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function partsOf(version: string): string[] {
  return version.match(/\d+|\D+/g) ?? [];
}

function compareParts(a: string, b: string): number {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  if (!isNumber(a)) return byText(a, b);
  const [first, second] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return first.length - second.length || byText(first, second);
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
