import type { PortalRendition, PortalRights } from '../../../shared/portal-api/asset.ts';
import type { AssetBody } from '../catalogue/catalogue-repo.ts';
import { tombstone } from '../catalogue/catalogue.ts';
import { assetTitle, recipeOf, startTimecodeOf } from './demo-catalogue.ts';
import type { DemoAsset } from './demo-catalogue.ts';
import type { MadeFile, MadeMedia } from './make-media.ts';
import { mediaDurationMs, profileOf } from './media-recipe.ts';
import type { OutputKind } from './media-recipe.ts';
import { freeForEditorial } from './rights-texts.ts';

const versionNumbers = { master: '001', subtitled: '002', 'b-roll': '003' } as const;

/** Page of an asset or event on the publisher's invented site. */
export function pageUrl(kind: 'video' | 'event', id: string): string {
  return `https://meridian-compact.example/${kind}/${id}`;
}

/** Id of the rendition that an output becomes. */
export function renditionId(asset: DemoAsset, kind: OutputKind): string {
  return `${asset.version.id}-${kind}`;
}

/** File name by the grammar of the field: day and letter, slug, number, and a mark on resized renditions. */
export function renditionFileName({ story, version }: DemoAsset, kind: OutputKind): string {
  const stem = version.fileStem ?? `${story.stem}-${versionNumbers[version.kind]}`;
  const { width, height, extension } = profileOf(kind);
  const resized = isWeb(kind) ? `_rdax_${width}x${height}p` : '';
  return `${stem}${resized}.${extension}`;
}

/** Puts together what the catalogue tells of a demo asset whose media is made. */
export function toAsset(asset: DemoAsset, media: MadeMedia, seededAtMs: number): AssetBody {
  const { story, version } = asset;
  const id = String(version.id);
  const embargo =
    version.embargoMinutes === undefined
      ? {}
      : { embargoUntilMs: seededAtMs + version.embargoMinutes * 60_000 };
  const body: AssetBody = {
    id,
    story: story.stem,
    versionKind: version.kind,
    status: version.status ?? 'usable',
    ...embargo,
    title: assetTitle(asset),
    teaser: story.teaser,
    synopsis: story.synopsis,
    shotlist: story.shotlist ?? '',
    transcript: version.kind === 'b-roll' ? '' : (story.transcript ?? ''),
    publishedAtMs: Date.parse(story.publishedAt),
    publishedDay: story.publishedAt.slice(0, 10),
    ...(story.filmed === undefined
      ? {}
      : { filmedFirstDay: story.filmed[0], filmedLastDay: story.filmed[1] }),
    ...(story.eventId === undefined ? {} : { eventId: story.eventId }),
    place: story.place,
    country: story.country,
    people: [...(story.people ?? [])],
    organisations: [...(story.organisations ?? [])],
    keywords: [...story.keywords],
    language: story.language ?? 'en',
    durationMs: version.outputs.length === 0 ? null : mediaDurationMs(recipeOf(asset)),
    rights: { ...usualRights, ...story.rights, ...embargo },
    pageUrl: pageUrl('video', id),
    pictureUrl: `/pictures/${id}.jpg`,
    renditions: [...media.outputs].map(([kind, file]) => toRendition(asset, kind, file)),
  };
  return version.status === 'withdrawn' ? { ...body, ...tombstone } : body;
}

const usualRights: PortalRights = {
  usageText: freeForEditorial,
  creditLine: 'Meridian Compact',
  editorialOnly: true,
  thirdParty: null,
  territories: null,
};

function toRendition(asset: DemoAsset, kind: OutputKind, file: MadeFile): PortalRendition {
  const { extension, width, height, videoCodec, audioCodec, scan } = profileOf(kind);
  const recipe = recipeOf(asset);
  const durationMs = mediaDurationMs(recipe);
  const startTimecode = startTimecodeOf(asset.story);
  return {
    id: renditionId(asset, kind),
    role: isWeb(kind) ? 'web' : asset.version.kind,
    fileName: renditionFileName(asset, kind),
    container: extension,
    videoCodec,
    audioCodec: recipe.audio === 'none' ? null : audioCodec,
    width,
    height,
    rateNum: recipe.rate.num,
    rateDen: recipe.rate.den,
    scan,
    dropFrame: startTimecode.includes(';'),
    startTimecode,
    bitrate: Math.round((file.sizeBytes * 8000) / durationMs),
    sizeBytes: file.sizeBytes,
    durationMs,
    language: asset.version.kind === 'b-roll' ? null : (asset.story.language ?? 'en'),
    sha256: file.sha256,
    etag: `"${file.sha256}"`,
  };
}

function isWeb(kind: OutputKind): boolean {
  return kind === 'web-360' || kind === 'web-tall';
}
