import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAgencyFolderKind } from '../../../../electron/core/sources/agency/agency-folder-kind.ts';
import { tempDir } from '../../../support/temp.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { newsItem, ninjsItem } from './agency-feed-rig.ts';

/** A folder with an item a file, by turns ninjs and NewsML-G2; what changes is written over, as agencies do. */
export const agencyFolderRig: KindRig = {
  name: 'agency folder',
  kind: createAgencyFolderKind(),
  key: null,
  pages: false,
  withdraws: 'by-telling',
  versions: true,
  charset: 'iso-8859-1',
  play: async (items, { charset = false } = {}) => {
    const folder = tempDir();
    let current: readonly PlayedItem[] = [];
    const played: PlayedSource = {
      url: pathToFileURL(folder).href,
      get items() {
        return current;
      },
      set items(next) {
        for (const item of next) if (!current.includes(item)) writeItem(folder, item, charset);
        current = next;
      },
      pageSize: 100,
      server: null,
    };
    played.items = items;
    return played;
  },
};

function writeItem(folder: string, item: PlayedItem, charset: boolean): void {
  const base = 'https://media.agency.example/files';
  if (!charset && Number(item.id.replace(/\D/g, '')) % 2 === 0) {
    writeAtRest(join(folder, `${item.id}.json`), JSON.stringify(ninjsItem(item, base)));
    return;
  }
  const xml = `<?xml version="1.0" encoding="${charset ? 'ISO-8859-1' : 'UTF-8'}"?>\n${newsItem(item, base, true)}`;
  writeAtRest(join(folder, `${item.id}.xml`), Buffer.from(xml, charset ? 'latin1' : 'utf8'));
}

/** Writes a file as if it had been there for an hour: nobody waits for it to come to rest. */
export function writeAtRest(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content);
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path, hourAgo, hourAgo);
}
