import type { TrafficRule } from '../../../shared/contract/downloads.ts';
import { formatMoment, formatSpeed } from './format.ts';

/** The rule in force as a sentence: `Outside hours – nothing runs until 22:00`. */
export function ruleSentence(rule: TrafficRule, nowMs: number): string {
  const until = rule.untilMs === null ? '' : ` until ${formatMoment(rule.untilMs, nowMs)}`;
  if (rule.holds) {
    return until === ''
      ? 'On hold – nothing runs until another speed is chosen'
      : `${rule.name} – nothing runs${until}`;
  }
  const limit = rule.bytesPerSecond === null ? 'no limit' : `at most ${formatSpeed(rule.bytesPerSecond)}`;
  return `${rule.name} – ${limit}${until}`;
}
