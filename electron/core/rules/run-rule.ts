import type { RuleWish } from '../../../shared/contract/rules.ts';
import { planRule, type PlanDeps } from './plan-rule.ts';
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
  const { takes, counts } = await planRule(deps, rule, signal);
  let refused: string | null = null;
  for (const { assetId, weightBytes } of takes) {
    // A rule that was switched off or changed meanwhile takes nothing more by the wish of before.
    if (signal.aborted || !isSameWish(repo.ofSearch(rule.searchId), rule)) return;
    const refusal = await deps.want({ assetId, rendition: rule.rendition, dir: rule.dir });
    if (refusal === null) repo.take({ ruleId: rule.id, assetId, sizeBytes: weightBytes, now: now() });
    else refused = refusal;
  }
  const waiting =
    counts.beyondLimit > 0 ? `${counts.beyondLimit} more wait for the limit of the rule.` : null;
  repo.setRun(rule.id, { now: now(), reason: refused ?? waiting });
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
