import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { SyncSummary } from '../../../shared/contract/catalogue.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { startCore, type TestCore } from '../core/test-core.ts';
import type { KindRig, PlayedSource } from './kind-rig.ts';

/** A source of a rig, in a core, as a person has added it. */
export interface Reading {
  readonly core: TestCore;
  readonly sourceId: SourceId;
  sync(signal?: AbortSignal): Promise<SyncSummary>;
  /** Closes the core, as at the end of a day, and opens the home again. */
  reopen(): Promise<Reading>;
}

/** Adds what the rig plays, with its kind said where an address on this machine cannot tell it. */
export async function addPlayed(rig: KindRig, played: PlayedSource): Promise<Reading> {
  const core = await startCore();
  const byItself = { url: played.url, ...(rig.key === null ? {} : { key: rig.key }) };
  const added = await core.client.sources
    .add(byItself)
    .catch(() => core.client.sources.add({ ...byItself, kind: rig.kind.kind }));
  expect(added.kind).toBe(rig.kind.kind);
  return reading(core, added.id);
}

function reading(core: TestCore, sourceId: SourceId): Reading {
  return {
    core,
    sourceId,
    sync: async (signal) => {
      const steps = await core.client.catalogue.sync({ sourceId }, signal ? { signal } : {});
      for await (const step of steps) if (step.kind === 'finished') return step.summary;
      throw new RushesError('CANCELLED', 'The sync ended without a result.');
    },
    reopen: async () => {
      await core.close();
      return reading(await startCore({ home: core.home }), sourceId);
    },
  };
}

/** What a sync has left in the catalogue, without what hangs on the hour and on the ids of this home. */
export function dumpCatalogue(home: string): unknown {
  const db = new Database(join(home, 'catalogue.db'), { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const found = {
      assets: db
        .prepare(
          `SELECT external_id, version, story, version_kind, status, title, day, synopsis, dates_json, rights_json,
             people_json, page_url FROM asset ORDER BY external_id`,
        )
        .all(),
      renditions: db
        .prepare(
          'SELECT external_id, medium, file_name, address, size_bytes FROM rendition ORDER BY external_id',
        )
        .all(),
      found: db.prepare(`SELECT count(*) AS n FROM asset_fts WHERE asset_fts MATCH 'convoy'`).get(),
    };
    // Every play of a source is on a port of its own.
    return JSON.parse(JSON.stringify(found).replaceAll(/127\.0\.0\.1:\d+/g, 'played.source'));
  } finally {
    db.close();
  }
}

/** The titles that the catalogue shows, by status. */
export function titlesOf(home: string, status: 'usable' | 'withdrawn'): string[] {
  const db = new Database(join(home, 'catalogue.db'), { readonly: true });
  try {
    return db
      .prepare('SELECT title FROM asset WHERE status = ? ORDER BY title')
      .pluck()
      .all(status) as string[];
  } finally {
    db.close();
  }
}
