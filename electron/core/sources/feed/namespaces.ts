/** The namespaces of feeds, without scheme, `www.` and what stands at the end, and the prefix by which they go here. */
const prefixes: Readonly<Record<string, string>> = {
  '': '',
  'purl.org/rss/1.0': '',
  'purl.org/rss/2.0': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'backend.userland.com/rss092': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'cyber.law.harvard.edu/rss/rss.html': '',
  'rssboard.org/rss-specification': '',
  'w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'search.yahoo.com/mrss': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'tools.search.yahoo.com/mrss': 'media',
  'api.search.yahoo.com/mrss': 'media',
  'rssboard.org/media-rss': 'media',
  'itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'podcastindex.org/namespace/1.0': 'podcast',
  'github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md': 'podcast',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.oclc.org/net/rss_2.0/enc': 'enc',
  'georss.org/georss': 'georss',
  'creativecommons.org/ns': 'cc',
  'web.resource.org/cc': 'cc',
  'backend.userland.com/creativecommonsrssmodule': 'cc',
  'cyber.law.harvard.edu/rss/creativecommonsrssmodule.html': 'cc',
  'purl.org/syndication/history/1.0': 'fh',
  'purl.org/atompub/tombstones/1.0': 'at',
  'w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'w3.org/1999/xhtml': 'xhtml',
};

const known = new Set(Object.values(prefixes));

/**
 * The prefix that stands for a namespace, whichever the document chose; `x` for one that no feed reader needs.
 *
 * Media RSS is written with and without its last slash. A prefix that a document forgets to declare comes as its own
 * name, and means what it means everywhere else.
 */
export function prefixOf(namespace: string): string {
  const plain = namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[/#]+$/, '');
  return prefixes[plain] ?? (known.has(plain) ? plain : 'x');
}
