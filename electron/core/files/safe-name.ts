/** Longest name in UTF-8 bytes that common file systems take. */
export const longestNameBytes = 255;
/** Room kept at the end of a file name for ` (123)` with `.part` or `.rushes.json` and a number of its own. */
const reservedBytes = 24;
/** An ending longer than this is no type but a part of the name. */
const longestExtensionBytes = 16;

// What an editor handles, and the small text files that travel with it. Anything else is not to be opened by a
// double click, so it is called `.download`.
const videoTypes = 'mp4 m4v mov mxf mkv webm avi mpg mpeg m2v mts m2ts ts vob wmv 3gp ogv dv r3d braw lrv';
const soundTypes = 'wav wave bwf mp3 m4a aac aif aiff flac ogg oga opus ac3 eac3';
const pictureTypes = 'jpg jpeg png gif webp tif tiff bmp dpx exr heic avif';
const sidecarTypes =
  'srt vtt ttml dfxp stl scc sub xml xmp json csv tsv txt md pdf edl ale otio fcpxml mhl md5 sha256';
// What a name of ours may end in already: `download` is what the unknown types are given.
const knownTypes = new Set(
  [videoTypes, soundTypes, pictureTypes, sidecarTypes, 'download'].join(' ').split(' '),
);

// Types that act when a folder is merely opened or a name is clicked. Refused even in a name that the user chose.
const actingTypes = new Set('lnk local scf url desktop website library-ms search-ms theme inf'.split(' '));

const controls = /\p{Cc}/gu;
// Zero-width and bidirectional marks: a name must read as what it is.
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const forbidden = /[<>:"/\\|?*]/g;
const reservedOnWindows = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
const classIdSuffix = /(?:[\s.]*\.\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\})+$/i;

/**
 * A file name that is safe on every system, made from one that a stranger gave.
 *
 * `chosen`: the user typed it, so an unknown type keeps its extension; only acting types do not.
 */
export function safeFileName(given: string, options: { readonly chosen?: boolean } = {}): string {
  const name = cleaned(given) || 'download';
  const { stem, extension } = splitName(name);
  const type = extension.slice(1).toLowerCase();
  const keeps = options.chosen === true ? !actingTypes.has(type) : knownTypes.has(type);
  const allowed = keeps && !classIdSuffix.test(name) && byteLength(extension) <= longestExtensionBytes;
  const [base, end] = allowed ? [stem, extension] : [name, '.download'];
  return truncated(base, longestNameBytes - reservedBytes - byteLength(end)) + end;
}

/** A safe file name of at most so many bytes; its extension stays. */
export function shortFileName(name: string, mostBytes: number): string {
  const { stem, extension } = splitName(name);
  // What is left of a longer name may be one that is reserved.
  return cleaned(truncated(stem, mostBytes - byteLength(extension)) + extension);
}

/** A safe folder name of at most so many bytes. */
export function shortFolderName(name: string, mostBytes: number): string {
  return cleaned(truncated(name, mostBytes));
}

/** A text as it may stand within a name, on one line; empty when nothing of it may. */
export function safeText(given: string): string {
  return plain(given.replace(/\s+/g, ' ')).trim();
}

/** Names that one folder cannot hold side by side on every system have the same key. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A folder name that is safe on every system; `unnamed` when nothing is left of the given one. */
export function safeFolderName(given: string): string {
  const name = cleaned(plain(given).replace(classIdSuffix, '')) || 'unnamed';
  return truncated(name, longestNameBytes - reservedBytes);
}

/** The name itself for 0, else with ` (n)` before the extension. */
export function numberedName(name: string, count: number): string {
  if (count === 0) return name;
  const { stem, extension } = splitName(name);
  return `${stem} (${count})${extension}`;
}

function cleaned(given: string): string {
  const name = plain(given);
  return reservedOnWindows.test(name) ? `_${name}` : name;
}

function plain(given: string): string {
  return (
    given
      .toWellFormed()
      .replace(controls, '')
      .replace(invisible, '')
      // After that: what stood between a letter and its accent is gone now.
      .normalize('NFC')
      .replace(forbidden, '_')
      .replace(/^[\s.]+/, '')
      .replace(/[\s.]+$/, '')
  );
}

/** The stem and the extension, dot included, of a name; a leading dot begins none. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return { stem: extension === '' ? name : name.slice(0, dot), extension };
}

/** Cuts at a whole character, so that no half of one is left. */
function truncated(text: string, mostBytes: number): string {
  if (byteLength(text) <= mostBytes) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    used += byteLength(segment);
    if (used > mostBytes) break;
    kept += segment;
  }
  return kept.replace(/[\s.]+$/, '') || 'download';
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
