/** A whole number that may have been written as text; null for anything else, negative ones included. */
export function readWhole(value: unknown): number | null {
  const number = typeof value === 'number' ? value : readPlainNumber(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/**
 * A duration in milliseconds from any of its spellings: seconds (with a fraction), `PT34M39.23S`, `00:00:56`, `0:56`,
 * `56 min`, `1h 2m 3s`. Nothing, 0 and what cannot be read are null. A bare number is seconds unless the caller knows better.
 */
export function readDurationMs(value: unknown, unit: 's' | 'ms' = 's'): number | null {
  const ms = durationMs(value, unit);
  return ms !== null && ms > 0 && Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : null;
}

function durationMs(value: unknown, unit: 's' | 'ms'): number | null {
  const bare = typeof value === 'number' ? value : readPlainNumber(value);
  if (bare !== null) return unit === 's' ? bare * 1000 : bare;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i.exec(
    text,
  );
  if (iso) {
    const [days, hours, minutes, seconds] = iso
      .slice(1)
      .map((part) => Number((part ?? '0').replace(',', '.')));
    return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  }
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,6}))?$/.exec(text);
  if (clock) {
    const [hours, minutes, seconds] = [Number(clock[1] ?? 0), Number(clock[2]), Number(clock[3])];
    if (seconds > 59 || (clock[1] !== undefined && minutes > 59)) return null;
    return ((hours * 60 + minutes) * 60 + seconds + Number(`0.${clock[4] ?? '0'}`)) * 1000;
  }
  return wordedMs(text);
}

/** "56 min", "1h 2m 3s": numbers with their units and nothing else. */
function wordedMs(text: string): number | null {
  const part =
    /(\d+(?:\.\d+)?) ?(ms|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hours?|hrs?|h)\b\.?,?\s*/giy;
  if (text.length > 60) return null;
  const parts = [...text.matchAll(part)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs(unit ?? ''), 0);
}

function unitMs(unit: string): number {
  const word = unit.toLowerCase();
  if (word.startsWith('ms') || word.startsWith('milli')) return 1;
  if (word.startsWith('s')) return 1000;
  return word.startsWith('m') ? 60_000 : 3_600_000;
}

const byteUnits: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * A size in bytes. Exact only when it is a bare number of bytes; "25 MB" and "1GB" are rounded by whoever wrote them
 * and no file is held against them.
 */
export function readBytes(value: unknown): { sizeBytes: number | null; aboutBytes: number | null } {
  const none = { sizeBytes: null, aboutBytes: null };
  const text = typeof value === 'string' ? value.trim() : value;
  const grouped = typeof text === 'string' && /^\d{1,3}(,\d{3})+( ?bytes)?$/i.test(text);
  const plain = grouped ? text.replace(/,| ?bytes/gi, '') : text;
  const bare = readWhole(typeof plain === 'string' ? plain.replace(/ ?(bytes|b)$/i, '') : plain);
  if (bare !== null) return bare === 0 ? none : { sizeBytes: bare, aboutBytes: null };
  if (typeof text !== 'string') return none;
  const worded =
    /^(?:about |approx\.? |~ ?)?(\d+(?:,\d{3})*(?:[.,]\d+)?) ?([kmgt](?:ib)?)(?:b(?:ytes)?)?$/i.exec(text);
  const unit = byteUnits[(worded?.[2] ?? '').toLowerCase()];
  if (!worded || unit === undefined) return none;
  // Three digits behind a comma are thousands ("2,500 KB"), any other number of them a fraction ("2,5 GB").
  const number = Number((worded[1] ?? '').replace(/,(?=\d{3}(?!\d))/g, '').replace(',', '.'));
  const aboutBytes = Math.round(number * unit);
  return aboutBytes > 0 && Number.isSafeInteger(aboutBytes) ? { sizeBytes: null, aboutBytes } : none;
}

/** Rates as they are written, beside the fraction they stand for. */
const knownRates: ReadonlyArray<readonly [number, number, number]> = [
  [23.976, 24_000, 1001],
  [29.97, 30_000, 1001],
  [47.952, 48_000, 1001],
  [59.94, 60_000, 1001],
  [119.88, 120_000, 1001],
];

/**
 * Frames a second as a fraction: `25`, `29.97`, `30000/1001`, `25 fps`, `50p`; `50i` counts the fields of 25 frames.
 * A rate that no camera has is null.
 */
export function readRate(value: unknown): { rateNum: number | null; rateDen: number | null } {
  const none = { rateNum: null, rateDen: null };
  const written = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  const text = written.replace(/ ?(fps|hz|p|i)$/i, '');
  const fraction = /^(\d{1,6})\/(\d{1,5})$/.exec(text);
  if (fraction) {
    const [num, den] = [Number(fraction[1]), Number(fraction[2])];
    if (den === 0 || num / den < 1 || num / den > 300) return none;
    return Number.isInteger(num / den) ? { rateNum: num / den, rateDen: 1 } : { rateNum: num, rateDen: den };
  }
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(text)) return none;
  const isFields = /\di$/i.test(written) && Number(text) > 47;
  const rate = Number(text) / (isFields ? 2 : 1);
  const known = knownRates.find(([name]) => Math.abs(name - rate) < 0.006);
  if (known) return { rateNum: known[1], rateDen: known[2] };
  return Number.isInteger(rate) && rate >= 1 && rate <= 300 ? { rateNum: rate, rateDen: 1 } : none;
}

function readPlainNumber(value: unknown): number | null {
  return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}
