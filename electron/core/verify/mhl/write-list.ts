import type { ChainEntry, ListedHash } from './read-list.ts';
import { ignoredPatterns } from './mhl-path.ts';

/** One file of a list to be written. The path parts its names with `/`. */
export interface ListedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly hashedAtMs: number;
  readonly hashes: readonly ListedHash[];
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>';

/** Everything of a list before its files. */
export function listHead(of: { atMs: number; hostname: string; version: string }): string {
  return lines(
    xml,
    '<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0">',
    '  <creatorinfo>',
    `    <creationdate>${dateTime(of.atMs)}</creationdate>`,
    `    <hostname>${escapeXml(of.hostname)}</hostname>`,
    `    <tool version="${escapeXml(of.version)}">Rushes</tool>`,
    '  </creatorinfo>',
    '  <processinfo>',
    '    <process>in-place</process>',
    '    <ignore>',
    ...ignoredPatterns.map((pattern) => `      <pattern>${escapeXml(pattern)}</pattern>`),
    '    </ignore>',
    '  </processinfo>',
    '  <hashes>',
  );
}

/** One file of a list. */
export function listFile(file: ListedFile): string {
  const at = dateTime(file.hashedAtMs);
  return lines(
    '    <hash>',
    `      <path size="${file.sizeBytes}" lastmodificationdate="${dateTime(file.modifiedAtMs)}">${escapeXml(file.path)}</path>`,
    ...file.hashes.map(
      ({ kind, value, action }) =>
        `      <${kind} action="${action ?? 'original'}" hashdate="${at}">${escapeXml(value)}</${kind}>`,
    ),
    '    </hash>',
  );
}

/** Everything of a list after its files. */
export const listFoot = lines('  </hashes>', '</hashlist>');

/** The chain file: which generations there are, and the C4 id of each. */
export function chainText(entries: readonly ChainEntry[]): string {
  return lines(
    xml,
    '<ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0">',
    ...entries.flatMap(({ sequence, path, c4 }) => [
      `  <hashlist sequencenr="${sequence}">`,
      `    <path>${escapeXml(path)}</path>`,
      `    <c4>${escapeXml(c4)}</c4>`,
      '  </hashlist>',
    ]),
    '</ascmhldirectory>',
  );
}

/** The name of a generation: its number, the folder's name, the time it was made. */
export function generationName(number: number, folder: string, atMs: number): string {
  const [day = '', time = ''] = new Date(atMs).toISOString().slice(0, 19).split('T');
  // oxlint-disable-next-line no-control-regex -- control characters are what this takes out
  const name = folder.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').slice(0, 60) || 'media';
  return `${String(number).padStart(4, '0')}_${name}_${day}_${time.replaceAll(':', '')}Z.mhl`;
}

/** Text as XML may hold it. What no XML may hold, and half a pair of UTF-16, becomes a replacement character. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- control characters are what this takes out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"'\t\n\r]/g, (char) => entities[char] ?? `&#${char.charCodeAt(0)};`)
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
