/** Where the Internet Archive is and how it is asked. Only this file knows addresses of it. */
export const archiveEndpoints = {
  site: 'https://archive.org',
  scrapePath: '/services/search/v1/scrape',
  metadataPath: '/metadata/',
  downloadPath: '/download/',
  detailsPath: '/details/',
  searchPath: '/search',
  picturePath: '/services/img/',
  /** Ids on a page; the Archive takes no fewer. */
  pageSize: 100,
  /** When an item was changed, as the search index knows it; a list with one stamp a change. */
  changedField: 'oai_updatedate',
  /** Of all that the Archive keeps, films. */
  films: 'mediatype:movies',
} as const;
