import type { SourceAsset, SourceRendition } from '../sources/source-model.ts';

/** What SQLite keeps in a column. */
export type Value = string | number | Buffer | null;

/** A row by its columns. */
export type Columns<K extends string> = Readonly<Record<K, Value>>;

/** The columns of an asset that follow from what its source told, in the order of the table. */
export const toldColumns = [
  'version',
  'story',
  'version_kind',
  'status',
  'status_reason',
  'notice_kind',
  'notice_text',
  'title',
  'duration_ms',
  'place',
  'country',
  'language',
  'aliases_json',
  'people_json',
  'organisations_json',
  'keywords_json',
  'dates_json',
  'rights_json',
  'page_url',
  'picture_url',
  'teaser',
  'synopsis',
  'shotlist',
  'transcript',
] as const;

/** What a source told of an asset, as the table keeps it. */
export function toldValues(asset: SourceAsset): Columns<(typeof toldColumns)[number]> {
  return {
    version: asset.version,
    story: asset.story,
    version_kind: asset.versionKind,
    status: asset.status,
    status_reason: asset.statusReason,
    notice_kind: asset.notice?.kind ?? null,
    notice_text: asset.notice?.text ?? null,
    title: asset.title,
    duration_ms: asset.durationMs,
    place: asset.place,
    country: asset.country,
    language: asset.language,
    aliases_json: JSON.stringify(asset.aliases),
    people_json: JSON.stringify(asset.people),
    organisations_json: JSON.stringify(asset.organisations),
    keywords_json: JSON.stringify(asset.keywords),
    dates_json: JSON.stringify(asset.dates),
    rights_json: JSON.stringify(asset.rights),
    page_url: asset.pageUrl,
    picture_url: asset.pictureUrl,
    teaser: asset.teaser,
    synopsis: asset.synopsis,
    shotlist: asset.shotlist,
    transcript: asset.transcript,
  };
}

/** The columns of a rendition, in the order of the table. */
export const renditionColumns = [
  'asset_row',
  'position',
  'external_id',
  'medium',
  'role',
  'file_name',
  'address',
  'media_type',
  'container',
  'video_codec',
  'audio_codec',
  'width',
  'height',
  'rate_num',
  'rate_den',
  'scan',
  'start_timecode',
  'bitrate',
  'size_bytes',
  'about_bytes',
  'duration_ms',
  'language',
  'hash_kind',
  'hash',
  'etag',
] as const;

/** A rendition as the table keeps it. */
export function renditionValues(
  rendition: SourceRendition,
  place: { row: number; position: number },
): Columns<(typeof renditionColumns)[number]> {
  return {
    asset_row: place.row,
    position: place.position,
    external_id: rendition.externalId,
    medium: rendition.medium,
    role: rendition.role,
    file_name: rendition.fileName,
    address: rendition.address,
    media_type: rendition.mediaType,
    container: rendition.container,
    video_codec: rendition.videoCodec,
    audio_codec: rendition.audioCodec,
    width: rendition.width,
    height: rendition.height,
    rate_num: rendition.rateNum,
    rate_den: rendition.rateDen,
    scan: rendition.scan,
    start_timecode: rendition.startTimecode,
    bitrate: rendition.bitrate,
    size_bytes: rendition.sizeBytes,
    about_bytes: rendition.aboutBytes,
    duration_ms: rendition.durationMs,
    language: rendition.language,
    hash_kind: rendition.hash?.kind ?? null,
    hash: rendition.hash?.value ?? null,
    etag: rendition.etag,
  };
}
