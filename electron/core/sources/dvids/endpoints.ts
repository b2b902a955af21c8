/** Where DVIDS is and what it bears. Only this file knows addresses of it. */
export const dvidsEndpoints = {
  api: 'https://api.dvidshub.net',
  site: 'https://www.dvidshub.net',
  searchPath: '/search',
  assetPath: '/asset',
  /** Items on a page, at most. */
  pageSize: 50,
  /** Items of one search that are shown, at most; the rest needs a narrower search. */
  depth: 1000,
  /** Nothing was published before. */
  firstDay: '1995-01-01',
} as const;

/** The parameters of a search that say which videos are meant; all else is ours to set. */
export const dvidsFilters = [
  'unit',
  'unit_id',
  'unit_name',
  'q',
  'country',
  'branch',
  'category',
  'credit',
] as const;
