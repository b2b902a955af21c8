import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { toldThen } from '../../../electron/core/bridges/told-asset.ts';
import { createNotices, type NoticesArea } from '../../../electron/core/notices/notices.ts';
import type { Told } from '../../../electron/core/notices/told.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import type { Rights } from '../../../shared/contract/catalogue.ts';
import { tempDir } from '../../support/temp.ts';

const noRights: Rights = {
  usageText: null,
  creditLine: null,
  copyright: null,
  licenceUrl: null,
  editorialOnly: null,
  thirdParty: null,
  embargoUntilMs: null,
  embargoText: null,
  expiresAtMs: null,
  territories: null,
};

/** An item as a source tells it, usable unless it is said otherwise. */
export function aTelling(change: Partial<Told> = {}): Told {
  return {
    status: 'usable',
    statusReason: null,
    version: '1',
    notice: null,
    rights: { ...noRights, usageText: 'For news' },
    texts: { title: 'Convoy', synopsis: 'Vehicles cross the bridge', shotlist: null, transcript: null },
    files: { master: '1200 bytes' },
    ...change,
  };
}

/** What a download wrote down when it was made. */
export function aSnapshot(more: { rights?: object; told?: Told } = {}): object {
  return {
    title: 'Convoy',
    sourceName: 'Agency',
    pageUrl: null,
    day: null,
    filmedFirstDay: null,
    publishedDay: null,
    rights: noRights,
    event: null,
    ...more,
  };
}

/** The notices over a user.db of their own; what the sources tell, and who is whose twin, is the test's to say. */
export function aNoticesArea() {
  const db = openDatabase({
    file: join(tempDir(), 'user.db'),
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const catalogue = new Map<string, Told>();
  const twins = new Map<string, readonly string[]>();
  const notified: string[] = [];
  const clock = { nowMs: 1000 };
  const asked = { assets: 0 };
  let made = 0;
  const open = (): NoticesArea => {
    const area = createNotices({
      db,
      clock: { now: () => clock.nowMs },
      notify: (_kind, id) => void notified.push(id ?? ''),
      readAsset: (assetId) => {
        asked.assets++;
        const told = catalogue.get(assetId);
        return told
          ? { assetId, sourceId: null, sourceName: 'Agency', title: told.texts['title'] ?? '', told }
          : null;
      },
      twinsOf: (ids) => new Map(ids.flatMap((id) => (twins.has(id) ? [[id, twins.get(id) ?? []]] : []))),
      toldThen,
    });
    onTestFinished(() => area.close());
    return area;
  };
  return {
    /** Changes the database behind the back of the area. */
    alter: (sql: string): void => void db.exec(sql),
    catalogue,
    twins,
    notified,
    clock,
    asked,
    open,
    holdClip: (assetId: string, sourceId: string | null = null): void => {
      const id = `clip-${++made}`;
      db.prepare(
        `INSERT INTO clip (id, fingerprint, size_bytes, title, asset_id, source_id, created_at_ms)
         VALUES (?, ?, 1, ?, ?, ?, 1)`,
      ).run(id, id, assetId, assetId, sourceId);
    },
    holdDownload: (
      assetId: string,
      {
        state = 'complete',
        snapshot,
        sourceId = null,
      }: { state?: string; snapshot?: object; sourceId?: string | null } = {},
    ): void => {
      const id = `download-${++made}`;
      db.prepare(
        `INSERT INTO download (id, position, asset_id, rendition_external_id, title, asset_json, dir, file_name, state, created_at_ms,
           source_id)
         VALUES (?, ?, ?, 'master', ?, ?, '/x', 'x.mp4', ?, ?, ?)`,
      ).run(id, made, assetId, assetId, snapshot ? JSON.stringify(snapshot) : null, state, made, sourceId);
    },
  };
}
