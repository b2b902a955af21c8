import type { Clock, Notify } from '../../ports.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import type { Engine } from '../engine.ts';
import { whoYields } from './give-way.ts';
import type { Outlook } from './outlook.ts';
import { urgentOnes } from './queue-plan.ts';

/** One that has run for fewer ticks is not stopped for a deadline: stopping and starting costs more than it brings. */
const settledTicks = 10;

/** Sees to it that those in danger of being late stand in front, and that who stands in front runs. */
export function createOrderKeeper(deps: {
  repo: DownloadsRepo;
  engine: Engine;
  clock: Clock;
  notify: Notify;
  outlook: Outlook;
  settings: { parallelDownloads(): number };
  tickMs: number;
}): () => void {
  const { repo, engine, clock, outlook } = deps;
  const keepDeadlines = (): void => {
    if (!repo.hasDeadlines()) return;
    const facts = outlook.facts();
    const urgent = urgentOnes(facts);
    const changed = facts.entries.filter((one) => one.wasUrgent !== urgent.has(one.id));
    if (changed.length === 0) return;
    repo.setUrgent(changed.map(({ id }) => ({ id, isUrgent: urgent.has(id) })));
    outlook.forget();
    deps.notify('download');
  };
  return () => {
    keepDeadlines();
    const running = engine.active();
    if (running.length < deps.settings.parallelDownloads()) return;
    const ids = running.map(({ row }) => row.id);
    const first = repo.firstInTurn(clock.now(), ids);
    if (!first) return;
    const rivals = running.map((one) => ({ ...one, row: repo.find(one.row.id) ?? one.row }));
    const settledMs = settledTicks * deps.tickMs;
    const loser = whoYields({ turn: first.turn, running: rivals, settledMs, now: performance.now() });
    if (loser !== null) engine.interrupt(loser, 'again');
  };
}
