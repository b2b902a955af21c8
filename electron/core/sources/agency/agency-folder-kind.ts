import { basename, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { decodeBody } from '../reading/bytes-to-text.ts';
import type { Look, SourceDescription, SourceKind } from '../source-model.ts';
import { countsOf, readAgencyDocument } from './agency-document.ts';
import { createAgencyFolderSource } from './agency-folder-source.ts';
import { readFolderHref } from './folder-media.ts';
import { scanFolder } from './folder-scan.ts';
import type { AgencyDocument } from './read-context.ts';

/** Files that are opened to see whether the folder is one of an agency. */
const mostLookedAt = 100;
const largestLookedAtBytes = 4 * 1024 * 1024;

/** News agencies by folder: what their software writes there, ninjs 1 to 3 and NewsML-G2. */
export function createAgencyFolderKind(): SourceKind {
  return {
    kind: 'agency-folder',
    needsAccount: false,
    takesKey: false,
    describe: async (look) => (look.folder === null ? null : describeFolder(look, look.folder)),
    open: createAgencyFolderSource,
  };
}

async function describeFolder(look: Look, folder: string): Promise<SourceDescription | null> {
  const { items, others } = await scanFolder(folder, look.signal);
  const newest = items.toSorted((a, b) => b.modifiedAtMs - a.modifiedAtMs).slice(0, mostLookedAt);
  const found: AgencyDocument[] = [];
  for (const { name, sizeBytes } of newest) {
    if (sizeBytes > largestLookedAtBytes) continue;
    const document = await readQuietly(folder, name);
    if (document !== null) found.push(document);
  }
  const isEmpty = items.length === 0 && others.size === 0;
  if (found.length === 0 && !isEmpty) return null;
  return {
    name: basename(folder) || folder,
    url: pathToFileURL(folder).href,
    instanceId: null,
    how: isEmpty ? 'An empty folder: nothing has been delivered into it yet.' : sentence(found, items.length),
  };
}

async function readQuietly(folder: string, name: string): Promise<AgencyDocument | null> {
  const body = await readFile(join(folder, ...name.split('/'))).catch(() => null);
  if (body === null) return null;
  const { document } = await readAgencyDocument(decodeBody({ body, contentType: null }), {
    nowMs: 0,
    address: (href) => {
      const read = readFolderHref(href, { folder, name });
      return read.kind === 'refused' ? null : read.address;
    },
  });
  return document;
}

function sentence(found: readonly AgencyDocument[], files: number): string {
  const formats = [...new Set(found.map(({ format }) => format))].join(' and ');
  const sum = (of: (document: AgencyDocument) => number): number =>
    found.reduce((total, document) => total + of(document), 0);
  const counts = {
    items: sum(({ items }) => items),
    videos: sum(({ assets }) => assets.length),
    events: sum(({ events }) => events.length),
  };
  const more = files > mostLookedAt ? `, of ${files} files the newest ${mostLookedAt} looked at` : '';
  return `A folder of a news agency with ${formats} files that ${countsOf(counts)}${more}.`;
}
