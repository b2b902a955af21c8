import { hostname } from 'node:os';
import { relative, sep } from 'node:path';
import type { ManifestReport } from '../../../shared/contract/verify.ts';
import type { CheckItem, StoredRun } from './check-row.ts';
import type { ChecksRepo } from './checks-repo.ts';
import { readHistory } from './mhl/history.ts';
import type { ListedHash } from './mhl/read-list.ts';
import { dropUnentered, writeGeneration } from './mhl/write-generation.ts';
import type { ListedFile } from './mhl/write-list.ts';
import type { CheckDeps } from './run-check.ts';

const pageItems = 200;

type SettleDeps = Pick<CheckDeps, 'checks' | 'clock' | 'version' | 'turns'>;
type FolderRun = StoredRun & { readonly folder: string };

/** Tells how a folder stands against its media hash lists and, where wanted, writes the next one. */
export async function settleFolder(deps: SettleDeps, run: FolderRun, signal: AbortSignal): Promise<void> {
  const { folder } = run;
  const report: ManifestReport = {
    ...(run.manifest ?? { folder, generations: 0, broken: [], refused: 0, file: null }),
    added: deps.checks.addedCount(run.id),
  };
  // One at a time: two checks of a folder under two names would both write the same generation.
  const file = run.manifestWanted
    ? await deps.turns.take(folder, signal, () => nextList(deps, { run, report }, signal))
    : null;
  deps.checks.setManifest(run.id, { ...report, file });
}

/** The list of this run: the one that it wrote before it was killed, else a new one; null when nothing was read. */
async function nextList(
  deps: SettleDeps,
  of: { readonly run: FolderRun; readonly report: ManifestReport },
  signal: AbortSignal,
): Promise<string | null> {
  const { run, report } = of;
  const { folder } = run;
  if (report.file !== null && (await dropUnentered(folder, report.file))) return report.file;
  const pages = listedPages(deps.checks, run.id, folder);
  const history = await readHistory(folder, signal);
  const first = pages.next();
  if (first.done) return null;
  return writeGeneration({
    folder,
    history,
    atMs: deps.clock.now(),
    hostname: hostname(),
    version: deps.version,
    files: chained(first.value, pages),
    intend: (file) => deps.checks.setManifest(run.id, { ...report, file }),
  });
}

function* chained<T>(first: T, rest: Iterable<T>): Generator<T, void> {
  yield first;
  yield* rest;
}

function* listedPages(checks: ChecksRepo, runId: string, folder: string): Generator<ListedFile[], void> {
  for (const page of pagesOf(checks, runId)) {
    const files = page.flatMap((item) => toListed(item, folder));
    if (files.length > 0) yield files;
  }
}

function* pagesOf(checks: ChecksRepo, runId: string): Generator<CheckItem[], void> {
  for (let after = ''; ;) {
    const page = checks.itemsByPath(runId, after, pageItems);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.path;
  }
}

/** A file as the next list tells of it; none for one that was not read, or that only Rushes knows to be damaged. */
function toListed(item: CheckItem, folder: string): ListedFile[] {
  const { sizeBytes, modifiedAtMs, checkedAtMs, hashes, listed, path } = item;
  if (sizeBytes === null || modifiedAtMs === null || checkedAtMs === null || hashes === null) return [];
  if (item.state === 'damaged' && listed === null) return [];
  const file = { sizeBytes, modifiedAtMs, hashedAtMs: checkedAtMs };
  return [
    {
      ...file,
      path: relative(folder, path).split(sep).join('/'),
      hashes: actionsOf(hashes, listed?.hashes ?? {}),
    },
  ];
}

/** Each kind that the lists before have is verified or failed; a kind that is new stands or falls with those. */
function actionsOf(
  found: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): ListedHash[] {
  const compared: ListedHash[] = [];
  for (const [kind, value] of Object.entries(before)) {
    const now = Object.hasOwn(found, kind) ? found[kind] : undefined;
    if (now !== undefined) compared.push({ kind, value: now, action: now === value ? 'verified' : 'failed' });
  }
  const own = found['xxh64'];
  if (own === undefined || compared.some(({ kind }) => kind === 'xxh64')) return compared;
  const failed = compared.some(({ action }) => action === 'failed');
  const action = compared.length === 0 ? 'original' : failed ? 'failed' : 'verified';
  return [...compared, { kind: 'xxh64', value: own, action }];
}
