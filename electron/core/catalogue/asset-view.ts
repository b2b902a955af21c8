import type {
  AssetDates,
  AssetDetail,
  AssetRow,
  Rendition,
  Rights,
} from '../../../shared/contract/catalogue.ts';
import type { AssetId, EventId, Person, RenditionId, SourceId } from '../../../shared/contract/values.ts';
import type { AssetDetailRow, AssetListRow, RenditionRow } from './catalogue-read-repo.ts';

/** What of an asset is already here, as others know it. */
export type Holding = AssetRow['holding'];

/** A stored asset as a grid paints it. */
export function toAssetRow(row: AssetListRow, holding: Holding): AssetRow {
  return {
    id: row.id as AssetId,
    sourceId: row.source_id as SourceId,
    title: row.title,
    day: row.day,
    status: row.status,
    versionKind: row.version_kind,
    place: row.place,
    durationMs: row.duration_ms,
    eventId: row.event_id as EventId | null,
    eventTitle: row.event_title,
    hasPicture: row.has_picture === 1,
    holding,
  };
}

/** A stored asset, whole. */
export function toAssetDetail(
  row: AssetDetailRow,
  beside: {
    holding: Holding;
    sourceName: string;
    renditions: RenditionRow[];
    versions: AssetDetail['versions'];
    twins: AssetDetail['twins'];
  },
): AssetDetail {
  return {
    ...toAssetRow(row, beside.holding),
    externalId: row.external_id,
    sourceName: beside.sourceName,
    pageUrl: row.page_url,
    teaser: row.teaser,
    synopsis: row.synopsis,
    shotlist: row.shotlist,
    transcript: row.transcript,
    version: row.version,
    statusReason: row.status_reason,
    notice: row.notice_kind === null ? null : { kind: row.notice_kind, text: row.notice_text },
    aliases: JSON.parse(row.aliases_json) as AssetDetail['aliases'],
    twins: beside.twins,
    dates: JSON.parse(row.dates_json) as AssetDates,
    country: row.country,
    people: JSON.parse(row.people_json) as Person[],
    organisations: JSON.parse(row.organisations_json) as string[],
    keywords: JSON.parse(row.keywords_json) as string[],
    language: row.language,
    rights: JSON.parse(row.rights_json) as Rights,
    renditions: beside.renditions.map(toRendition),
    versions: beside.versions,
  };
}

function toRendition(row: RenditionRow): Rendition {
  return {
    id: row.id as RenditionId,
    medium: row.medium,
    role: row.role,
    fileName: row.file_name,
    mediaType: row.media_type,
    container: row.container,
    videoCodec: row.video_codec,
    audioCodec: row.audio_codec,
    width: row.width,
    height: row.height,
    rateNum: row.rate_num,
    rateDen: row.rate_den,
    scan: row.scan,
    startTimecode: row.start_timecode,
    bitrate: row.bitrate,
    sizeBytes: row.size_bytes,
    aboutBytes: row.about_bytes,
    durationMs: row.duration_ms,
    language: row.language,
    hash: row.hash_kind === null || row.hash === null ? null : { kind: row.hash_kind, value: row.hash },
  };
}
