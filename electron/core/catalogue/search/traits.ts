import type { Having } from '../../../../shared/domain/search/search-node.ts';

/**
 * The expression of the index `asset_by_facets`, word for word: only so can SQLite read it from the index instead of
 * the table, which is thirty times larger.
 */
export const traitsSql = `(shotlist IS NOT NULL) + (transcript IS NOT NULL) * 2 + (synopsis IS NOT NULL) * 4 + (picture_url IS NOT NULL) * 8
    + (people_json <> '[]') * 16 + (organisations_json <> '[]') * 32 + (place IS NOT NULL) * 64
    + (keywords_json <> '[]') * 128 + (day IS NOT NULL) * 256 + (duration_ms IS NOT NULL) * 512
    + (rights_json GLOB '*":[^n]*') * 1024 + coalesce(notice_kind = 'kill', 0) * 2048
    + coalesce(notice_kind = 'correction', 0) * 4096`;

/** The bits of what an asset has. Files are known by a mark in the full-text index, the rest by its own column. */
export const traitBits = {
  shotlist: 1,
  transcript: 2,
  synopsis: 4,
  picture: 8,
  person: 16,
  organisation: 32,
  place: 64,
  tag: 128,
  day: 256,
  duration: 512,
  rights: 1024,
} as const satisfies Partial<Record<Having, number>>;

/** The bits of what was told of an asset. */
export const noticeBits = { killed: 2048, corrected: 4096 } as const;
