import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { SeededBody } from './fault-body.ts';
import { body, longer, other, small, type End, type FaultCase, type Seen } from './fault-cases.ts';
import { canary, doneBytes } from './fault-play.ts';
import type { Rig } from './fault-rig.ts';

/** What is not as it has to be after a case, in words; nothing when all is well. */
export function violationsOf(one: FaultCase, end: End, seen: Seen): string[] {
  const { download, rig, requests, scene, server, elsewhere } = seen;
  const files = existsSync(rig.dir) ? readdirSync(rig.dir).sort() : [];
  const stands = `${download.state} ${download.reason?.code ?? ''} ${download.reason?.detail ?? ''}`;
  const checks: Check[] = [
    [requests.length <= (one.requests ?? 40), `${requests.length} requests`],
    [server.mostBusy() <= Math.max(scene.connections, 4), `${server.mostBusy()} requests at a time`],
    [
      requests.every((request) => request.headers['accept-encoding'] === 'identity'),
      'asked for a compressed body',
    ],
    // The key that was given with the address is seen by its own origin alone, and nothing secret is written down.
    [
      !JSON.stringify(elsewhere.requests.map((request) => request.headers)).includes(canary),
      'told another origin',
    ],
    [!JSON.stringify([download.reason, rig.logged]).includes(canary), 'wrote a secret down'],
    [download.state === end.state, `ended as ${stands}`],
    [one.shows?.(seen) ?? true, 'does not show what it is about'],
    ...(end.state === 'complete' ? ofComplete({ one, files }, end, seen) : ofUnfinished(end, seen, files)),
  ];
  return checks.filter(([holds]) => !holds).map(([, words]) => words);
}

type Check = readonly [boolean, string];

function ofComplete(
  { one, files }: { one: FaultCase; files: readonly string[] },
  end: Extract<End, { state: 'complete' }>,
  { download, rig, keptBytes, sentBytes }: Seen,
): Check[] {
  const sha256 = end.file.sha256();
  const surplus = sentBytes - (end.file.sizeBytes - keptBytes);
  return [
    [files.join() === 'clip.mp4', `left ${files.join()}`],
    [files.includes('clip.mp4') && rig.sha256('clip.mp4') === sha256, 'has another file on the disk'],
    [download.sha256 === sha256, 'says another hash'],
    [download.verified === end.verified, `rests on ${download.verified ?? 'nothing'}`],
    [surplus <= (one.waste ?? 0), `${surplus} bytes too many`],
  ];
}

function ofUnfinished(
  end: Exclude<End, { state: 'complete' }>,
  { download, rig, scene, keptBytes }: Seen,
  files: readonly string[],
): Check[] {
  const { id, reason } = download;
  return [
    [reason?.code === end.code, `gives ${reason?.code ?? 'nothing'} for its reason`],
    [download.path === null && !files.includes('clip.mp4'), 'has something in the final place'],
    [!scene.resumed || end.keeps !== 'bytes' || doneBytes(rig, id) >= keptBytes, 'lost bytes'],
    [!scene.resumed || end.keeps !== 'aside' || files.length > 0, 'put nothing aside'],
    [end.keeps === 'nothing' || hasGoodPieces(rig, id), 'mixed files'],
  ];
}

/** Every journalled piece on the disk is a piece of one and the same file, and nothing lies beyond its end. */
function hasGoodPieces(rig: Rig, id: string): boolean {
  const path = rig.db.prepare('SELECT part_path FROM download WHERE id = ?').pluck().get(id) as string | null;
  if (path === null || !existsSync(path)) return true;
  const bytes = readFileSync(path);
  const pieces = rig.db
    .prepare('SELECT start_byte AS start, length_bytes AS length FROM download_piece WHERE download_id = ?')
    .all(id) as Array<{ start: number; length: number }>;
  const isOf = (file: SeededBody): boolean =>
    bytes.byteLength <= file.sizeBytes &&
    pieces.every(({ start, length }) =>
      bytes.subarray(start, start + length).equals(file.slice(start, start + length)),
    );
  return [body, other, longer, small].some(isOf);
}
