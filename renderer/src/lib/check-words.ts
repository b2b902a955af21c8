import type { CheckResult, CheckRun, CheckState } from '../../../shared/contract/verify.ts';
import { formatBytes, formatCount, formatNumber } from './format.ts';

interface CheckLook {
  readonly tone: 'ok' | 'info' | 'warn' | 'bad';
  readonly name: string;
  readonly means: string;
}

/** How each finding looks, what it is called and what it means. */
export const checkLooks: Readonly<Record<CheckState, CheckLook>> = {
  ok: { tone: 'ok', name: 'Unharmed', means: 'Every byte is the one that was expected.' },
  unproven: {
    tone: 'info',
    name: 'First look',
    means: 'There was no hash to compare with; what was read now is the one for the next time.',
  },
  changed: { tone: 'warn', name: 'Changed', means: 'Somebody has written to the file since.' },
  damaged: {
    tone: 'bad',
    name: 'Damaged',
    means: 'Its bytes have changed although nobody has written to the file.',
  },
  missing: { tone: 'bad', name: 'Missing', means: 'The file is no longer where it was.' },
  offline: {
    tone: 'info',
    name: 'Offline',
    means: 'The folder or volume is away, which says nothing about the file.',
  },
  unreadable: { tone: 'bad', name: 'Unreadable', means: 'The file could not be read to its end.' },
};

/** Where the damage is: `2 places, 8.39 MB in all`. */
export function placeOfDamage(damage: CheckResult['damage']): string {
  const bytes = damage.reduce((sum, { start, end }) => sum + (end - start), 0);
  return `${formatCount(damage.length, 'place')}, ${formatBytes(bytes)} in all`;
}

/** How far mending is, in a sentence. */
export function mendWords(mend: NonNullable<CheckResult['mend']>): string {
  const { state, detail, fetchedBytes } = mend;
  if (state === 'queued') return 'The repair is about to begin.';
  if (state === 'running') return `Repairing: ${formatBytes(fetchedBytes)} fetched again.`;
  if (state === 'done') return `Repaired: ${formatBytes(fetchedBytes)} fetched again.`;
  return `The repair failed. ${detail ?? ''}`.trim();
}

/** What came of a check that has ended: `1 of 3 files is damaged. Repair it in its details.` */
export function endWords(run: Pick<CheckRun, 'state' | 'reason' | 'checkedFiles' | 'counts'>): string {
  const { damaged, missing, unreadable, changed, offline, unproven } = run.counts;
  const files = formatCount(run.checkedFiles, 'file');
  if (run.state !== 'done' || missing + unreadable + changed + offline > 0)
    return `${runWords({ ...run, files: run.checkedFiles })}.`.replace(/\.\.$/, '.');
  if (damaged > 0) {
    const which =
      run.checkedFiles === 1
        ? 'The file is'
        : `${formatNumber(damaged)} of ${files} ${damaged === 1 ? 'is' : 'are'}`;
    return `${which} damaged. Repair ${damaged === 1 ? 'it in its' : 'them in their'} details.`;
  }
  if (unproven > 0)
    return `${files} read; for ${formatNumber(unproven)} there was nothing to compare with yet.`;
  return `${files} ${run.checkedFiles === 1 ? 'is' : 'are'} fine.`;
}

/** How far a check is and what it found: `Last check: 40 files, 1 damaged, 2 changed`. */
export function runWords(
  run: Pick<CheckRun, 'state' | 'reason' | 'files' | 'checkedFiles' | 'counts'>,
): string {
  const { state, files, checkedFiles, counts } = run;
  const found = (['damaged', 'missing', 'unreadable', 'changed', 'offline'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `, ${formatNumber(counts[kind])} ${checkLooks[kind].name.toLowerCase()}`)
    .join('');
  if (state === 'running')
    return `Checking: ${formatNumber(checkedFiles)} of ${formatCount(files, 'file')}${found}`;
  if (state === 'failed') return `The last check failed. ${run.reason ?? ''}`.trim();
  const begun = state === 'cancelled' ? 'Last check, stopped early' : 'Last check';
  return `${begun}: ${formatCount(checkedFiles, 'file')}${found === '' ? ', nothing wrong' : found}`;
}
