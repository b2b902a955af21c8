import type { RuleWish } from '../../../shared/contract/rules.ts';
import { mostLookedAt, planRule, type Plan, type PlanDeps } from './plan-rule.ts';
import type { StoredRule } from './rules-repo.ts';

/** What running stands on. */
export interface RunDeps extends PlanDeps {
  /** Wants one asset; what cannot be granted is said, not thrown. */
  readonly want: (wish: {
    assetId: string;
    rendition: RuleWish['rendition'];
    dir: string | null;
  }) => Promise<string | null>;
}

/** Takes what a rule takes now, and writes down why it takes nothing more. */
export async function runRule(deps: RunDeps, rule: StoredRule, signal: AbortSignal): Promise<void> {
  const { repo, now } = deps;
  const plan = await planRule(deps, rule, signal);
  const { takes } = plan;
  let refused: string | null = null;
  for (const { assetId, weightBytes } of takes) {
    // A rule that was switched off or changed meanwhile takes nothing more by the wish of before.
    if (signal.aborted || !isSameWish(repo.ofSearch(rule.searchId), rule)) return;
    const refusal = await deps.want({ assetId, rendition: rule.rendition, dir: rule.dir });
    if (refusal === null) repo.take({ ruleId: rule.id, assetId, sizeBytes: weightBytes, now: now() });
    else refused = refusal;
  }
  repo.setRun(rule.id, { now: now(), reason: refused ?? whatIsLeft(plan) });
}

/** Why a rule that ran as it should leaves some of what it finds; null when nothing needs saying. */
function whatIsLeft({ counts, tooLarge }: Plan): string | null {
  const waiting = counts.beyondLimit - tooLarge;
  const parts = [
    waiting > 0 ? `${waiting} more wait for the limit of the rule.` : null,
    tooLarge > 0 ? `${tooLarge} are larger than the rule may take in a day, and are never taken.` : null,
    counts.more ? `The search finds more than the newest ${mostLookedAt}, which a run looks through.` : null,
  ];
  return parts.filter((part) => part !== null).join(' ') || null;
}

function isSameWish(now: StoredRule | null, planned: StoredRule): boolean {
  const fields = [
    'id',
    'enabled',
    'rendition',
    'dir',
    'fromDay',
    'mostFiles',
    'mostBytes',
    'keepOut',
  ] as const;
  return now !== null && fields.every((field) => now[field] === planned[field]);
}
