import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createRules, type RulesArea } from '../../../electron/core/rules/rules.ts';
import { createSavedSearches } from '../../../electron/core/rules/saved-searches.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import type { Rule, RuleWish } from '../../../shared/contract/rules.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { tempDir } from '../../support/temp.ts';

/** An asset as far as a rule looks at it. */
export interface RuledAsset {
  id: string;
  status?: AssetRow['status'];
  day?: string | null;
  /** Exact, null for unknown, undefined for an asset without a file. */
  sizeBytes?: number | null;
  aboutBytes?: number;
}

export const noLimits: Omit<RuleWish, 'searchId'> = {
  rendition: 'best',
  dir: null,
  fromDay: null,
  mostFiles: null,
  mostBytes: null,
  keepOut: true,
};

/** The rules over a user.db of their own, with a clock; what is found and what is refused is the test's to say. */
export async function aRulesArea() {
  const db = openDatabase({
    file: join(tempDir(), 'user.db'),
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const world = {
    nowMs: Date.UTC(2026, 0, 15),
    assets: [] as RuledAsset[],
    twins: new Map<string, readonly string[]>(),
    wanted: [] as string[],
    /** What the rights forbid to use as things stand. */
    blocked: new Set<string>(),
    /** Why an asset is refused; null grants it. Awaited, so that a test can do something meanwhile. */
    refuse: (_id: string): string | null | Promise<string | null> => null,
  };
  const clock = { now: () => world.nowMs };
  let made = 0;
  const download = (assetId: string, state: string, sizeBytes: number | null = null): void =>
    void db
      .prepare(
        `INSERT INTO download (id, position, asset_id, title, dir, file_name, state, size_bytes, created_at_ms)
         VALUES (?, ?, ?, ?, '/x', 'x.mp4', ?, ?, 1)`,
      )
      .run(`download-${++made}`, made, assetId, assetId, state, sizeBytes);
  const searches = createSavedSearches({ db, clock, notify: () => undefined, count: async () => 0 });
  const { id: searchId } = await searches.save({ name: 'All', filter: {} });
  const open = (): RulesArea => {
    const rules = createRules({
      db,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      notify: () => undefined,
      gatherMs: 10,
      search: async (id, { cursor, limit }) => {
        searches.filterOf(id);
        const from = Number(cursor ?? 0);
        const items = world.assets.slice(from, from + limit).map(
          (asset) =>
            // Only what rules look at.
            ({ title: asset.id, status: 'usable', day: null, ...asset }) as unknown as AssetRow,
        );
        return { items, cursor: from + limit < world.assets.length ? String(from + limit) : null };
      },
      choose: (assetId) => {
        const found = world.assets.find(({ id }) => id === assetId);
        if (found?.sizeBytes === undefined) return null;
        const { sizeBytes, aboutBytes } = found;
        return { fileName: `${assetId}.mp4`, sizeBytes, weightBytes: sizeBytes ?? aboutBytes ?? null };
      },
      isBlocked: (assetId) => world.blocked.has(assetId),
      twinsOf: () => world.twins,
      want: async ({ assetId }) => {
        const refusal = await world.refuse(assetId);
        if (refusal !== null) return refusal;
        world.wanted.push(assetId);
        download(assetId, 'queued');
        return null;
      },
    });
    onTestFinished(() => rules.close());
    return rules;
  };
  const rules = open();
  return {
    /** Changes the database behind the back of the area. */
    alter: (sql: string): void => void db.exec(sql),
    world,
    rules,
    open,
    searches,
    searchId,
    download,
    /** Switches the rule on, lets it look once, and answers how it stands. */
    on: async (wish: Partial<RuleWish> = {}): Promise<Rule> => {
      rules.save({ ...noLimits, searchId, ...wish, enabled: true });
      return theOne(await rules.run());
    },
    run: async (): Promise<Rule> => theOne(await rules.run()),
    preview: (wish: Partial<RuleWish> = {}) => rules.preview({ ...noLimits, searchId, ...wish }, undefined),
  };
}

function theOne(rules: readonly Rule[]): Rule {
  const [rule] = rules;
  if (!rule) throw new RushesError('NOT_FOUND', 'There is no rule.');
  return rule;
}
