import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Download } from '../../../shared/contract/downloads.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { ensureDir } from '../files/ensure-dir.ts';
import { safeFileName } from '../files/safe-name.ts';
import type { Clock } from '../ports.ts';
import type { DownloadRow, UrlOptions } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import type { NewDownload } from './intents-repo.ts';
import type { PromisedHash } from './rendition-link.ts';
import { assertUrl, headersSecret, nameFromUrl, type DownloadSecrets } from './url-download.ts';

/** What the catalogue knows of one rendition. */
export interface AssetDescription {
  readonly title: string;
  readonly sourceId: string;
  readonly externalId: string;
  readonly renditionId: string;
  readonly renditionExternalId: string;
  readonly fileName: string;
  readonly sizeBytes: number | null;
  readonly hash: PromisedHash | null;
  readonly etag: string | null;
  /** The asset as it is now, kept with the download: the catalogue may forget it. A JSON value. */
  readonly snapshot: unknown;
}

/** Chooses a rendition (`best`, `smallest`, or an id) and describes it; NOT_FOUND, WITHDRAWN … as RushesError. */
export type DescribeAsset = (
  assetId: string,
  rendition: string,
) => AssetDescription | Promise<AssetDescription>;

/** Input of `add`. */
export interface AddInput {
  readonly assetIds: readonly string[];
  readonly rendition?: string | undefined;
  readonly dir?: string | undefined;
}

/** Input of `addUrl`. */
export interface AddUrlInput {
  readonly url: string;
  readonly dir?: string | undefined;
  readonly name?: string | undefined;
  readonly sha256?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly connections?: number | undefined;
  readonly maxRate?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly allowPrivate?: boolean | undefined;
}

interface AddingDeps {
  readonly repo: DownloadsRepo;
  readonly clock: Clock;
  readonly settings: { downloadDir(): string };
  readonly describeAsset: DescribeAsset;
  readonly secrets: DownloadSecrets;
  readonly enqueue: (row: DownloadRow) => void;
  readonly view: (row: DownloadRow) => Download;
  readonly find: (id: string) => DownloadRow;
}

/** The verbs that make downloads. What is wanted already is not wanted twice: it is returned, and goes on if it stood. */
export function createAdding(deps: AddingDeps) {
  const { repo } = deps;

  /** One that is under way, or complete with its file still there. */
  const usable = async (rows: readonly DownloadRow[]): Promise<DownloadRow | null> => {
    for (const row of rows) {
      if (row.state !== 'complete') return row;
      const found = row.path === null ? null : await stat(row.path).catch(() => null);
      if (found?.isFile() && found.size === row.sizeBytes) return row;
    }
    return null;
  };

  const goOn = (row: DownloadRow): void => {
    if (row.state !== 'paused' && row.state !== 'failed' && row.state !== 'waiting') return;
    repo.forgetFailures(row.id);
    deps.enqueue(row);
  };

  const addMissing = (wanted: ReadonlyArray<DownloadRow | NewDownload>): DownloadRow[] => {
    const fresh = wanted.filter((one) => !('id' in one));
    const ids = repo.add(fresh, deps.clock.now());
    const added = ids.map(deps.find);
    let next = 0;
    return wanted.map((one) => ('id' in one ? one : (added[next++] ?? one))) as DownloadRow[];
  };

  return {
    add: async (input: AddInput): Promise<{ downloads: Download[] }> => {
      const dir = input.dir ?? deps.settings.downloadDir();
      await ensureDir(dir);
      const wanted = new Map<string, DownloadRow | NewDownload>();
      for (const assetId of input.assetIds) {
        const found = await deps.describeAsset(assetId, input.rendition ?? 'best');
        const sameDir = (row: DownloadRow): boolean => input.dir === undefined || row.dir === dir;
        const existing = await usable(repo.ofAsset(assetId, found.renditionId).filter(sameDir));
        wanted.set(`${assetId}\n${found.renditionId}`, existing ?? fromAsset(assetId, found, dir));
      }
      const rows = addMissing([...wanted.values()]);
      for (const row of rows) goOn(row);
      for (const row of rows.filter(({ state }) => state === 'queued')) {
        // It may have been paused or cancelled meanwhile: of a thousand downloads each is a commit to the disk.
        if (deps.find(row.id).state === 'queued') deps.enqueue(row);
        await nextTurn();
      }
      return { downloads: rows.map((row) => deps.view(deps.find(row.id))) };
    },

    addUrl: async (input: AddUrlInput): Promise<Download> => {
      const options = optionsOf(input);
      assertUrl(input.url, options);
      const dir = input.dir ?? deps.settings.downloadDir();
      await ensureDir(dir);
      const wanted = fromUrl(input, options, dir);
      const same = (row: DownloadRow): boolean =>
        row.fileName === wanted.fileName &&
        (wanted.expectedHash === null || row.expectedHash?.value === wanted.expectedHash.value);
      const existing = await usable(repo.ofUrl(input.url, dir).filter(same));
      const [row] = addMissing([existing ?? wanted]);
      if (!row) throw new RushesError('INTERNAL', 'The download was not added.');
      if (row.state === 'complete') return deps.view(row);
      if (existing) repo.setOptions(row.id, options);
      if (input.headers) await deps.secrets.set(headersSecret(row.id), JSON.stringify(input.headers));
      if (existing) goOn(row);
      else deps.enqueue(row);
      return deps.view(deps.find(row.id));
    },
  };
}

function fromAsset(assetId: string, found: AssetDescription, dir: string): NewDownload {
  return {
    sourceId: found.sourceId,
    assetId,
    assetExternalId: found.externalId,
    renditionId: found.renditionId,
    renditionExternalId: found.renditionExternalId,
    url: null,
    options: {},
    title: found.title,
    assetJson: JSON.stringify(found.snapshot ?? null),
    dir,
    fileName: safeFileName(found.fileName),
    sizeBytes: found.sizeBytes,
    expectedHash: found.hash && { ...found.hash, value: found.hash.value.toLowerCase() },
  };
}

function fromUrl(input: AddUrlInput, options: UrlOptions, dir: string): NewDownload {
  const fileName =
    input.name === undefined ? nameFromUrl(input.url) : safeFileName(input.name, { chosen: true });
  return {
    sourceId: null,
    assetId: null,
    assetExternalId: null,
    renditionId: null,
    renditionExternalId: null,
    url: input.url,
    options,
    title: fileName,
    assetJson: null,
    dir,
    fileName,
    sizeBytes: input.sizeBytes ?? null,
    expectedHash: input.sha256 === undefined ? null : { kind: 'sha256', value: input.sha256.toLowerCase() },
  };
}

function optionsOf(input: AddUrlInput): UrlOptions {
  return {
    ...(input.sizeBytes === undefined ? {} : { sizeBytes: input.sizeBytes }),
    ...(input.connections === undefined ? {} : { connections: input.connections }),
    ...(input.maxRate === undefined ? {} : { maxRate: input.maxRate }),
    ...(input.headers ? { hasHeaders: true } : {}),
    ...(input.insecureHttp ? { insecureHttp: true } : {}),
    ...(input.allowPrivate ? { allowPrivate: true } : {}),
  };
}
