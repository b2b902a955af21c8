import type { Rule, RulePreview, RuleWish } from '../../../shared/contract/rules.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { planRule, toPreview } from './plan-rule.ts';
import { createRulesRepo, type StoredRule } from './rules-repo.ts';
import { runRule, type RunDeps } from './run-rule.ts';
import { createRunSoon } from './run-soon.ts';

/** Searches that download by themselves. */
export interface RulesArea {
  list(): Rule[];
  preview(wish: RuleWish, signal: AbortSignal | undefined): Promise<RulePreview>;
  save(wish: RuleWish & { enabled: boolean }): Rule;
  /** Looks now. A run that is under way ends first. */
  run(): Promise<Rule[]>;
  remove(id: string): void;
  /** The catalogue has changed: what the rules find is taken soon. */
  wake(): void;
  /** Takes up the rules; before that nothing is taken. */
  start(): void;
  close(): Promise<void>;
}

/**
 * How long changes of the catalogue are gathered before the rules look, the longest that more and more changes put it
 * off, and how often they look anyway, in milliseconds.
 */
const gatherMs = 2000;
const longestMs = 30_000;
const anywayMs = 60 * 60 * 1000;

/** Builds the rules area over user.db. */
export function createRules(
  deps: Omit<RunDeps, 'repo' | 'now'> & {
    db: Connection;
    clock: Clock;
    log: Log;
    notify: Notify;
    /** How long changes are gathered, for tests. */
    gatherMs?: number;
  },
): RulesArea {
  const { clock, notify } = deps;
  const repo = createRulesRepo(deps.db);
  const closing = new AbortController();
  const running: RunDeps = { ...deps, repo, now: () => clock.now() };
  const view = (rule: StoredRule): Rule => {
    const { files, bytes } = repo.takenSince(rule.id, 0);
    return { ...rule, takenFiles: files, takenBytes: bytes };
  };

  const runAll = async (): Promise<void> => {
    for (const rule of repo.all().filter(({ enabled }) => enabled)) {
      if (closing.signal.aborted) return;
      await runRule(running, rule, closing.signal).catch((error: unknown) => {
        if (closing.signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        repo.setRun(rule.id, { now: clock.now(), reason });
        deps.log.warn('A rule could not run.', { rule: rule.id, error: reason });
      });
      notify('rule', rule.id);
    }
  };
  const timing = createRunSoon({ run: runAll, anywayMs, longestMs });
  const soonMs = deps.gatherMs ?? gatherMs;

  return {
    list: () => repo.all().map(view),
    preview: async (wish, signal) => {
      const id = repo.ofSearch(wish.searchId)?.id ?? null;
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      return toPreview(await planRule(running, { ...wish, id }, either));
    },
    save: (wish) => {
      repo.put(wish);
      const saved = repo.ofSearch(wish.searchId);
      if (!saved) throw new RushesError('NOT_FOUND', `There is no saved search ${wish.searchId}.`);
      notify('rule', saved.id);
      notify('saved-search', wish.searchId);
      if (wish.enabled) timing.soon(0);
      return view(saved);
    },
    run: async () => {
      await timing.now();
      return repo.all().map(view);
    },
    remove: (id) => {
      if (!repo.remove(id)) throw new RushesError('NOT_FOUND', `There is no rule ${id}.`);
      notify('rule', id);
      notify('saved-search');
    },
    wake: () => timing.soon(soonMs),
    start: () => {
      timing.start();
      timing.soon(soonMs);
    },
    close: async () => {
      closing.abort();
      await timing.close();
    },
  };
}
