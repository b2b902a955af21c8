import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { safeFileName } from '../files/safe-name.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import type { FindPlace, Place } from './find-place.ts';
import type { NewDownload, Replacement } from './intents-repo.ts';
import type { WishChange } from './order-repo.ts';
import type { PromisedHash } from './rendition-link.ts';

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

/** A clip that is on this machine, and what it was recognised by. */
export interface HeldFile {
  readonly clipId: string | null;
  readonly path: string;
  readonly by: 'identity' | 'hash';
}

/** Finds the wanted file among the clips of this machine: by the asset it came from, else by the promised hash. */
export type FindHeld = (wanted: {
  readonly assetId: string;
  readonly sizeBytes: number | null;
  readonly hash: PromisedHash | null;
}) => Promise<HeldFile | null>;

/** Input of `add`. */
export interface AddInput extends WishChange {
  readonly assetIds: readonly string[];
  readonly rendition?: string | undefined;
  readonly dir?: string | undefined;
  readonly again?: boolean | undefined;
}

/** What came of `add`. */
export interface Added {
  readonly downloads: Download[];
  readonly already: ReadonlyArray<{
    readonly assetId: AssetId;
    readonly clipId: ClipId | null;
    readonly path: string;
    readonly by: HeldFile['by'];
  }>;
  readonly refused: ReadonlyArray<{
    readonly assetId: AssetId;
    readonly code: string;
    readonly message: string;
  }>;
}

/** What becomes of the wish for an asset. */
export type Wanted =
  | { readonly kind: 'download'; readonly key: string; readonly wanted: DownloadRow | NewDownload }
  | { readonly kind: 'held'; readonly held: HeldFile }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** What finding that out takes. */
export interface WantingDeps {
  readonly repo: DownloadsRepo;
  readonly describeAsset: DescribeAsset;
  readonly findHeld: FindHeld;
  readonly places: FindPlace;
}

/** One that is under way, or complete with its file still there and of the size it had. */
export async function findUsable(rows: readonly DownloadRow[]): Promise<DownloadRow | null> {
  for (const row of rows) {
    if (row.state !== 'complete') return row;
    const found = row.path === null ? null : await stat(row.path).catch(() => null);
    if (found?.isFile() && found.size === row.sizeBytes) return row;
  }
  return null;
}

/** What an asset comes to: a download that is there, one to be made, or a file that need not be fetched. */
export async function wantAsset(
  deps: WantingDeps,
  assetId: string,
  { input, dir }: { input: AddInput; dir: string },
): Promise<Wanted> {
  const found = await deps.describeAsset(assetId, input.rendition ?? 'best');
  const rows = rowsOf(deps, { assetId, renditionId: found.renditionId }, { input, dir });
  const key = `${assetId}\n${found.renditionId}`;
  const existing = await findUsable(input.again ? rows.filter(({ state }) => state !== 'complete') : rows);
  if (existing && existing.state !== 'complete') return { kind: 'download', key, wanted: existing };
  const held: HeldFile | null =
    existing && existing.path !== null
      ? { clipId: existing.clipId, path: existing.path, by: 'identity' }
      : input.again
        ? null
        : await deps.findHeld({ assetId, sizeBytes: found.sizeBytes, hash: found.hash });
  if (held) return { kind: 'held', held };
  const { renditionId, fileName } = found;
  const place = await deps.places.find({
    base: dir,
    fileName,
    of: { kind: 'asset', assetId, renditionId },
  });
  return { kind: 'download', key, wanted: fromAsset(assetId, found, { place, wish: input }) };
}

/** The download that another wish for the same has made while this one was thought over. */
export function madeMeanwhile(
  deps: WantingDeps,
  wanted: NewDownload,
  where: { readonly input: AddInput; readonly dir: string },
): DownloadRow | null {
  const { assetId, renditionId } = wanted;
  if (assetId === null || renditionId === null) return null;
  return rowsOf(deps, { assetId, renditionId }, where).find(({ state }) => state !== 'complete') ?? null;
}

function rowsOf(
  { repo }: WantingDeps,
  of: { readonly assetId: string; readonly renditionId: string },
  { input, dir }: { readonly input: AddInput; readonly dir: string },
): DownloadRow[] {
  const sameDir = (row: DownloadRow): boolean =>
    input.dir === undefined || row.dir === dir || row.dir.startsWith(`${dir}${sep}`);
  return repo.ofAsset(of.assetId, of.renditionId).filter(sameDir);
}

/** A wish that cannot be granted, told instead of thrown: the others are granted all the same. */
export function refusalOf(error: unknown): Wanted {
  if (!(error instanceof RushesError)) throw error;
  return { kind: 'refused', code: error.code, message: error.message };
}

function fromAsset(
  assetId: string,
  found: AssetDescription,
  { place, wish }: { place: Place; wish: WishChange },
): NewDownload {
  return {
    sourceId: found.sourceId,
    assetId,
    assetExternalId: found.externalId,
    url: null,
    options: {},
    ...replacementOf(found),
    ...place,
    ...wishOf(wish),
  };
}

/** What of a download is said by the rendition that was chosen. */
export function replacementOf(found: AssetDescription): Replacement {
  return {
    renditionId: found.renditionId,
    renditionExternalId: found.renditionExternalId,
    title: found.title,
    assetJson: JSON.stringify(found.snapshot ?? null),
    fileName: safeFileName(found.fileName),
    sizeBytes: found.sizeBytes,
    expectedHash: found.hash && { ...found.hash, value: found.hash.value.toLowerCase() },
  };
}

/** What was said beside the wish itself. */
export function wishOf(wish: WishChange): Pick<NewDownload, 'priority' | 'neededByMs' | 'maxRate'> {
  return {
    priority: wish.priority ?? 'normal',
    neededByMs: wish.neededByMs ?? null,
    maxRate: wish.maxRate == null ? null : Math.ceil(wish.maxRate),
  };
}
