import type { CheckResult, CheckRun, CheckState } from '../../../shared/contract/verify.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { bytesText, columns, countText } from './text.ts';

const words: Readonly<Record<CheckState, string>> = {
  ok: 'as they were',
  unproven: 'recorded for the next time',
  changed: 'changed by somebody',
  damaged: 'damaged',
  missing: 'missing',
  offline: 'offline',
  unreadable: 'unreadable',
};

/** What a check found, in lines for people. */
export function checkLines(run: CheckRun, problems: readonly CheckResult[], mended = 0): string[] {
  // What was mended counts as good again, but was not found so.
  const counts = { ...run.counts, ok: run.counts.ok - mended };
  const told = (Object.keys(words) as CheckState[])
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${words[state]}`);
  if (mended > 0) told.push(`${mended} mended`);
  const lines = columns(problems.map((one) => [one.state, one.path, detailOf(one)]));
  return [
    ...lines,
    ...manifestLines(run),
    `${countText(run.checkedFiles, 'file')} checked: ${told.join(', ')}`,
  ];
}

function detailOf(one: CheckResult): string {
  const bytes = one.damage.reduce((sum, { start, end }) => sum + end - start, 0);
  const where = bytes > 0 ? `${bytesText(bytes)} in ${countText(one.damage.length, 'place')}` : '';
  const mend = one.mend?.state === 'failed' ? `not mended: ${one.mend.detail ?? 'it failed'}` : '';
  const remedy = one.mend === null && one.remedy === 'pieces' ? 'can be mended with --repair' : '';
  return [one.detail ?? '', where, mend, remedy].filter(Boolean).join('; ');
}

function manifestLines({ manifest }: CheckRun): string[] {
  if (!manifest) return [];
  const { generations, broken, refused, added, file } = manifest;
  return [
    ...broken.map((name) => `${name} is not what its chain file says; nothing was believed of it`),
    ...(refused > 0 ? [`Paths of the lists that lead out of the folder: ${refused}, left alone`] : []),
    `${countText(generations, 'generation')} before, ${countText(added, 'file')} that they do not have`,
    ...(file === null ? [] : [file]),
  ];
}

/** Why a check does not end well; null when everything is as it was. */
export function checkFault(run: CheckRun): RushesError | null {
  const { damaged, changed, unreadable, offline, missing } = run.counts;
  // A list is a promise for each byte of a folder: there is no change that it allows.
  const wrong = run.manifest === null ? damaged : damaged + changed + run.manifest.broken.length;
  if (wrong > 0) {
    const what =
      wrong === 1 ? '1 file is no longer what it was.' : `${wrong} files are no longer what they were.`;
    return new RushesError('INTEGRITY', what, {
      hint: 'Damaged downloads can be mended with --repair; everything else comes from a backup.',
    });
  }
  if (unreadable + offline > 0) {
    return new RushesError('DISK_ERROR', `${countText(unreadable + offline, 'file')} could not be read.`);
  }
  if (missing > 0) {
    return new RushesError(
      'NOT_FOUND',
      missing === 1 ? '1 file is missing.' : `${missing} files are missing.`,
      {
        hint: 'If they were moved, "rushes library scan" finds them; if not, download them again.',
      },
    );
  }
  return null;
}
