import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCatalogueReadRepo } from '../../electron/core/catalogue/catalogue-read-repo.ts';
import {
  createCatalogueWriter,
  type CatalogueWriter,
} from '../../electron/core/catalogue/catalogue-writer.ts';
import type { FinishedRun } from '../../electron/core/catalogue/end-of-run.ts';
import type { PageOutcome } from '../../electron/core/catalogue/page-outcome.ts';
import { tellingOf } from '../../electron/core/catalogue/telling.ts';
import type { SourceAsset, SourceEvent } from '../../electron/core/sources/source-model.ts';
import { catalogueMigrations } from '../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../electron/core/storage/open-database.ts';
import { tempDir } from './temp.ts';

/** The source that tells unless another one is named. */
export const portal = '0198a000-0000-7000-8000-000000000001';

interface WrittenCatalogue {
  readonly db: Connection;
  readonly file: string;
  readonly writer: CatalogueWriter;
  readonly read: ReturnType<typeof createCatalogueReadRepo>;
  tell(
    assets: readonly SourceAsset[],
    more?: { sourceId?: string; events?: readonly SourceEvent[]; failures?: number; cursor?: string },
  ): PageOutcome;
  finish(ends?: 'everything' | 'changes', sourceId?: string): FinishedRun;
  /** The items that words find, by their sources' names. */
  found(match: string): string[];
}

/** A catalogue that sources tell things, a second apart. */
export function aCatalogue(file = join(tempDir(), 'catalogue.db')): WrittenCatalogue {
  const db: Connection = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const writer = createCatalogueWriter(db);
  const read = createCatalogueReadRepo(db);
  let nowMs = 1000;
  const tell = (
    assets: readonly SourceAsset[],
    more: { sourceId?: string; events?: readonly SourceEvent[]; failures?: number; cursor?: string } = {},
  ) => {
    const { sourceId = portal, events = [], failures = 0, cursor = 'c' } = more;
    const { run: number } = writer.begin(sourceId);
    const tellings = assets.map(tellingOf);
    nowMs += 1000;
    return writer.writePage({ sourceId, run: number, tellings, events, failures, cursor, nowMs });
  };
  const finish = (ends: 'everything' | 'changes' = 'everything', sourceId = portal) => {
    const { run: number } = writer.begin(sourceId);
    return writer.finishRun({ sourceId, run: number, ends, cursor: 'end', nowMs });
  };
  const found = (match: string): string[] =>
    db
      .prepare(
        'SELECT a.external_id FROM asset_fts f JOIN asset a ON a.row = f.rowid WHERE asset_fts MATCH ? ORDER BY 1',
      )
      .pluck()
      .all(match) as string[];
  return { db, file, writer, read, tell, finish, found };
}
