import type { PartFile } from '../files/part-file.ts';
import { removePart } from '../files/publish-file.ts';
import { HttpFault } from '../http/http-client.ts';
import { ask, type BodyAnswer } from './ask.ts';
import { beginsAsPage } from './begins-as-page.ts';
import { identityOf, type DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';
import { fetchPieces } from './fetch-pieces.ts';
import { fetchWhole } from './fetch-whole.ts';
import { createJoint } from './joint.ts';
import type { Following } from './following.ts';
import { createJournal } from './journal.ts';
import { nameByServer } from './name-by-server.ts';
import { assertRoom, createTarget, reopenTarget } from './open-target.ts';
import { ofHttpFault, ofOddity, type Outcome } from './outcome.ts';
import { createPieceQueue, missingRanges, type ByteRange } from './plan-pieces.ts';
import { isStrongEtag, type RemoteIdentity } from './remote-identity.ts';
import type { RenditionLink } from './rendition-link.ts';
import { createSpeedFloor, type SpeedFloor } from './speed-floor.ts';
import { createStrikes } from './strikes.ts';
import type { Line, SlotEnd, Target } from './transfer-context.ts';

/** How often within one attempt a file may turn out to be another before the user is asked. */
const mostRestarts = 3;
/** Attempts in a row that a server may ignore ranges in before the part that is here is given up. */
const patience = 4;
/** How long a server is known not to do ranges. */
const noRangeMs = 24 * 60 * 60 * 1000;
const tooSlow = { kind: 'odd', reason: 'TOO_SLOW', detail: 'The server sends next to nothing.' } as const;
/** Asked for first when nobody says how long the file is. */
const assumedBytes = 64 * 1024 * 1024;

/** One attempt to get all bytes of a download into its partial file. */
export interface AttemptContext {
  readonly deps: EngineDeps;
  readonly id: string;
  readonly line: Line;
  readonly signal: AbortSignal;
  /** Hashes the partial file while it grows. */
  readonly following: Following;
}

/**
 * Fetches until every byte is journalled, beginning anew when the remote file turns out to be another.
 *
 * @throws HttpFault, FileFault and RushesError; see `ofError`.
 */
export async function fetchAll(context: AttemptContext): Promise<Outcome> {
  for (let restarts = 0; ; restarts++) {
    const outcome = await fetchOnce(context);
    if (outcome.kind === 'fetched') return (await refusePage(context)) ?? outcome;
    if (outcome.kind !== 'restart') return outcome;
    context.deps.log.info('A download begins anew.', { id: context.id, why: outcome.detail });
    if (restarts === mostRestarts) {
      const reason = outcome.why === 'changed' ? 'REMOTE_CHANGED' : 'SERVER_PROTOCOL';
      return { kind: 'fail', reason, detail: outcome.detail };
    }
    await beginAnew(context, outcome.why);
  }
}

/** A login page that says to be a film has neither a hash nor a size to be told by: its first bytes tell. */
async function refusePage({ deps, id, line }: AttemptContext): Promise<Outcome | null> {
  const row = deps.repo.find(id);
  if (!row?.partPath || row.expectedHash || line.expectsHtml || !(await beginsAsPage(row.partPath)))
    return null;
  await removePart(row.partPath, row.part);
  deps.repo.startOver(id, row.oldPartPath);
  return { kind: 'fail', reason: 'SERVER_BAD_CONTENT', detail: 'The server sent a web page instead.' };
}

/**
 * Whether a link promises the file that was begun with. What the link does not say is not held against it.
 */
export function promisesSame(row: DownloadRow, link: RenditionLink): boolean {
  const identity = identityOf(row);
  if (!identity) return true;
  const { sizeBytes, etag, hash } = link;
  if (sizeBytes !== null && identity.sizeBytes !== null && sizeBytes !== identity.sizeBytes) return false;
  const expected = row.expectedHash;
  if (hash && expected && expected.kind === hash.kind) return expected.value === hash.value;
  return row.validatorsVary || !isStrongEtag(etag) || !isStrongEtag(identity.etag) || etag === identity.etag;
}

async function fetchOnce(context: AttemptContext): Promise<Outcome> {
  const { deps, id, line } = context;
  const { link } = await line.links.current();
  const row = rowOf(context);
  if (!promisesSame(row, link)) {
    return { kind: 'restart', why: 'changed', detail: 'The source promises another file now.' };
  }
  if (link.hash) deps.repo.promise(id, link.hash);
  const part = await reopenTarget(deps, row);
  if (part) return goOn(context, part);
  const begun = await begin(context, link);
  if (begun.kind !== 'body') return begun;
  return takeFirst(context, begun);
}

/** Asks until the first usable response has come; its body is still to be read. */
async function begin(context: AttemptContext, firstLink: RenditionLink): Promise<BodyAnswer | Outcome> {
  const { deps, line, signal } = context;
  const strikes = createStrikes({ baseMs: line.pauseMs, random: line.random });
  let ranged = (rowOf(context).noRangeUntilMs ?? 0) <= deps.clock.now();
  while (!signal.aborted) {
    const { link } = await line.links.current();
    const promisedBytes = link.sizeBytes ?? firstLink.sizeBytes;
    const range = ranged ? firstRange(deps, promisedBytes) : null;
    const known = { identity: null, promisedBytes, expectsHtml: line.expectsHtml };
    const answer = await ask(line, { range, known }, signal).catch((error: unknown) => {
      if (error instanceof HttpFault) return ofHttpFault(error);
      throw error;
    });
    if (answer.kind === 'other') return { kind: 'restart', why: 'changed', detail: answer.detail };
    if (answer.kind === 'no-range') ranged = false;
    else if (answer.kind === 'odd') {
      if (strikes.note(answer)) return ofOddity(answer);
      await strikes.pause(signal);
    } else if (answer.kind !== 'again') {
      const ignoresRanges = range && answer.kind === 'body' && answer.verdict.kind === 'whole';
      const size = ignoresRanges ? answer.verdict.identity.sizeBytes : 0;
      // A range that covers the whole file may rightly be answered with the file.
      if (!ranged || (ignoresRanges && (size === null || size > range.end))) {
        deps.repo.setNoRangeUntil(context.id, deps.clock.now() + noRangeMs);
      }
      return answer;
    }
  }
  return { kind: 'stopped' };
}

/** At least one byte is asked for: no range of an empty file can be written down. */
function firstRange(deps: EngineDeps, promisedBytes: number | null): ByteRange {
  const sizeBytes = promisedBytes ?? assumedBytes;
  return { start: 0, end: Math.max(1, Math.min(sizeBytes, deps.tuning.pieceSize(sizeBytes))) };
}

async function takeFirst(context: AttemptContext, body: BodyAnswer): Promise<Outcome> {
  const { deps } = context;
  const { identity } = body.verdict;
  let part: PartFile;
  try {
    const row = nameByServer(deps, rowOf(context), body.response.headers);
    await assertRoom(deps, row.dir, identity.sizeBytes ?? 0);
    part = await createTarget(deps, row, identity);
  } catch (error) {
    await body.response.discard();
    body.slot.release('fine');
    throw error;
  }
  context.line.learnt.hosts.add(body.host);
  const target = targetOf(context, part, identity);
  try {
    if (body.verdict.kind === 'piece') {
      return await pieces(context, target, { answer: body, range: body.verdict.range });
    }
    return await wholeBody(context, target, body);
  } finally {
    // Told to stop before anyone began to read the body: nobody else gives the slot back.
    body.slot.release('fine');
    await part.close();
  }
}

/** One stream from the first byte to the last, watched for speed and, when nobody tells the length, for its end. */
async function wholeBody(context: AttemptContext, target: Target, body: BodyAnswer): Promise<Outcome> {
  const { deps, line } = context;
  const watched = floorOf(context).watch(body.abort);
  let left = target.identity.sizeBytes === null ? deps.tuning.mostUntoldBytes : Number.MAX_SAFE_INTEGER;
  const onBytes = (count: number): void => {
    watched.add(count);
    line.onBytes(count);
    left -= count;
    if (left < 0) body.abort();
  };
  let how: SlotEnd = 'fine';
  try {
    const to = { line: { ...line, onBytes }, target, signal: body.signal };
    const outcome = await fetchWhole(body.response, to, (sizeBytes) =>
      deps.repo.setSize(context.id, sizeBytes),
    );
    if (left < 0) return { kind: 'fail', reason: 'SERVER_BAD_CONTENT', detail: 'The body does not end.' };
    if (outcome.kind === 'wait') how = 'broken';
    if (outcome.kind !== 'fetched' && watched.wasSlow()) return ofOddity(tooSlow);
    return outcome;
  } finally {
    watched.end();
    body.slot.release(how);
  }
}

function floorOf({ deps, line }: AttemptContext): SpeedFloor {
  return createSpeedFloor({
    rule: deps.tuning.floor,
    now: () => performance.now(),
    exempt: () => line.pace.limited,
  });
}

async function goOn(context: AttemptContext, part: PartFile): Promise<Outcome> {
  try {
    const row = rowOf(context);
    const identity = identityOf(row);
    if (!identity) throw new Error('A partial file without an identity.');
    await assertRoom(context.deps, row.dir, (identity.sizeBytes ?? 0) - row.doneBytes);
    return await pieces(context, targetOf(context, part, identity), null);
  } finally {
    await part.close();
  }
}

async function pieces(
  context: AttemptContext,
  target: Target,
  first: { answer: BodyAnswer; range: ByteRange } | null,
): Promise<Outcome> {
  const { deps, id, line, signal } = context;
  const row = rowOf(context);
  const sizeBytes = target.identity.sizeBytes ?? 0;
  const present = (): ByteRange[] =>
    deps.repo.pieces(id).map(({ start, length }) => ({ start, end: start + length }));
  const before = present();
  const pieceBytes = deps.tuning.pieceSize(sizeBytes);
  const connections = connectionsFor(context, row);
  const missing = missingRanges(sizeBytes, [...before, ...(first ? [first.range] : [])]);
  const mayWait = before.length > 0 && row.failures < patience;
  const joint = createJoint({
    line,
    target,
    present,
    hasPromisedHash: row.expectedHash !== null,
    mayWait,
    onVary: () => deps.repo.setValidatorsVary(id),
    begunAt: first?.answer.place ?? null,
    signal,
  });
  if (missing.length > 0 && joint.isOpen()) {
    const outcome = await joint.prove();
    if (outcome) return outcome;
  }
  return fetchPieces({
    line,
    target,
    joint,
    floor: floorOf(context),
    queue: createPieceQueue(missing, pieceBytes, { connections, mostPieces: deps.tuning.piecesAtOnce }),
    pieceBytes,
    connections,
    hasJournalled: before.length > 0,
    mayWait,
    first,
    signal,
  });
}

/** After a wrong hash one connection, so that one node of the server gives the whole file. */
function connectionsFor({ deps, line }: AttemptContext, row: DownloadRow): number {
  const wished = row.hashFailures > 0 ? 1 : (row.options.connections ?? deps.connections());
  return Math.max(1, Math.min(wished, line.learnt.connections));
}

function targetOf(context: AttemptContext, part: PartFile, identity: RemoteIdentity): Target {
  const { repo, tuning } = context.deps;
  const { following, id } = context;
  following.begin({ row: rowOf(context), part, sizeBytes: identity.sizeBytes });
  const journal = createJournal({
    part,
    commit: (grown, added) => {
      repo.journal(id, grown, added);
      following.journalled(grown);
    },
    rule: { ...tuning.flush, everyBytes: tuning.flush.everyBytes * connectionsFor(context, rowOf(context)) },
    pieceHash: context.deps.pieceHash,
    now: () => performance.now(),
  });
  return { part, journal, identity };
}

/** What was fetched of an earlier state of the file is kept aside until the new one is complete. */
async function beginAnew(context: AttemptContext, why: 'changed' | 'no-range'): Promise<void> {
  const { repo, clock } = context.deps;
  const row = rowOf(context);
  const aside = why === 'changed' && row.doneBytes > 0 ? row.partPath : null;
  if (row.partPath !== null && aside === null) await removePart(row.partPath, row.part);
  if (aside !== null && row.oldPartPath !== null) await removePart(row.oldPartPath);
  repo.startOver(row.id, aside ?? row.oldPartPath);
  if (why === 'no-range') repo.setNoRangeUntil(row.id, clock.now() + noRangeMs);
}

function rowOf(context: AttemptContext): DownloadRow {
  const row = context.deps.repo.find(context.id);
  if (!row) throw new Error('The download is gone.');
  return row;
}
