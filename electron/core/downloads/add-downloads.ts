import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { ensureDir } from '../files/ensure-dir.ts';
import { safeFileName } from '../files/safe-name.ts';
import type { Clock } from '../ports.ts';
import type { DownloadRow, UrlOptions } from './download-row.ts';
import type { Place } from './find-place.ts';
import type { NewDownload } from './intents-repo.ts';
import type { WishChange } from './order-repo.ts';
import { assertUrl, headersSecret, isNameless, nameFromUrl, type DownloadSecrets } from './url-download.ts';
import {
  findUsable,
  madeMeanwhile,
  refusalOf,
  wantAsset,
  wishOf,
  type AddInput,
  type Added,
  type WantingDeps,
} from './want-asset.ts';

/** Input of `addUrl`. */
export interface AddUrlInput extends WishChange {
  readonly url: string;
  readonly dir?: string | undefined;
  readonly name?: string | undefined;
  readonly sha256?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly connections?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly allowPrivate?: boolean | undefined;
}

interface AddingDeps extends WantingDeps {
  readonly clock: Clock;
  readonly settings: { downloadDir(): string };
  readonly secrets: DownloadSecrets;
  readonly enqueue: (rows: readonly DownloadRow[]) => void;
  readonly view: (row: DownloadRow) => Download;
  readonly find: (id: string) => DownloadRow;
  /** There is more to be put in order. */
  readonly onOrder: () => void;
}

const stands: ReadonlySet<string> = new Set(['paused', 'failed', 'waiting']);

/** The verbs that make downloads. What is wanted already is not wanted twice: it is returned, and goes on if it stood. */
export function createAdding(deps: AddingDeps) {
  const { repo } = deps;

  const addMissing = (wanted: ReadonlyArray<DownloadRow | NewDownload>): DownloadRow[] => {
    const fresh = wanted.filter((one) => !('id' in one));
    const ids = repo.add(fresh, deps.clock.now());
    const added = ids.map(deps.find);
    let next = 0;
    return wanted.map((one) => ('id' in one ? one : (added[next++] ?? one))) as DownloadRow[];
  };

  /** Puts what is new into the queue, and what stood; all of them with what was said of the wish. */
  const begin = (ids: readonly string[], wish: WishChange): void => {
    repo.change(ids, wish);
    const rows = ids.map(deps.find);
    for (const { id } of rows.filter(({ forgotten }) => forgotten)) repo.recall(id);
    const standing = rows.filter(({ state }) => stands.has(state));
    repo.forgetFailures(standing.map(({ id }) => id));
    const fresh = rows.filter(({ state }) => state === 'queued');
    if (standing.length + fresh.length > 0) deps.enqueue([...standing, ...fresh]);
    deps.onOrder();
  };

  return {
    add: async (input: AddInput): Promise<Added> => {
      const dir = input.dir ?? deps.settings.downloadDir();
      await ensureDir(dir);
      const downloads = new Map<string, DownloadRow | NewDownload>();
      const already: Array<Added['already'][number]> = [];
      const refused: Array<Added['refused'][number]> = [];
      for (const assetId of new Set(input.assetIds) as Set<AssetId>) {
        const came = await wantAsset(deps, assetId, { input, dir }).catch(refusalOf);
        if (came.kind === 'download') downloads.set(came.key, came.wanted);
        else if (came.kind === 'refused') refused.push({ assetId, code: came.code, message: came.message });
        else already.push({ assetId, ...came.held, clipId: came.held.clipId as ClipId | null });
      }
      // Nothing is waited for from here on: a second wish for the same, made at the same time, finds this one.
      const rows = addMissing(
        [...downloads.values()].map((one) =>
          'id' in one ? one : (madeMeanwhile(deps, one, { input, dir }) ?? one),
        ),
      );
      begin(
        rows.map(({ id }) => id),
        input,
      );
      return { downloads: rows.map((row) => deps.view(deps.find(row.id))), already, refused };
    },

    addUrl: async (input: AddUrlInput): Promise<Download> => {
      const options = optionsOf(input);
      assertUrl(input.url, options);
      const { url } = input;
      const base = input.dir ?? deps.settings.downloadDir();
      const fileName =
        input.name === undefined ? nameFromUrl(url) : safeFileName(input.name, { chosen: true });
      const place = await deps.places.find({ base, fileName, of: { kind: 'address', url } });
      const wanted = fromUrl(input, options, input.name === undefined ? place : { ...place, fileName });
      const same = (row: DownloadRow): boolean =>
        (row.fileName === wanted.fileName || (options.unnamed === true && row.options.unnamed === true)) &&
        (wanted.expectedHash === null || row.expectedHash?.value === wanted.expectedHash.value);
      const existing = await findUsable(repo.ofUrl(url, place.dir).filter(same));
      const [row] = addMissing([existing ?? wanted]);
      if (!row) throw new RushesError('INTERNAL', 'The download was not added.');
      if (existing && row.state !== 'complete') repo.setOptions(row.id, options);
      if (input.headers && row.state !== 'complete') {
        await deps.secrets.set(headersSecret(row.id), JSON.stringify(input.headers));
      }
      begin([row.id], input);
      return deps.view(deps.find(row.id));
    },
  };
}

function fromUrl(input: AddUrlInput, options: UrlOptions, place: Place): NewDownload {
  return {
    sourceId: null,
    assetId: null,
    assetExternalId: null,
    renditionId: null,
    renditionExternalId: null,
    url: input.url,
    options,
    title: place.fileName,
    assetJson: null,
    ...place,
    sizeBytes: input.sizeBytes ?? null,
    expectedHash: input.sha256 === undefined ? null : { kind: 'sha256', value: input.sha256.toLowerCase() },
    ...wishOf(input),
  };
}

function optionsOf(input: AddUrlInput): UrlOptions {
  return {
    ...(input.sizeBytes === undefined ? {} : { sizeBytes: input.sizeBytes }),
    ...(input.connections === undefined ? {} : { connections: input.connections }),
    ...(input.name === undefined && isNameless(input.url) ? { unnamed: true } : {}),
    ...(input.headers ? { hasHeaders: true } : {}),
    ...(input.insecureHttp ? { insecureHttp: true } : {}),
    ...(input.allowPrivate ? { allowPrivate: true } : {}),
  };
}
