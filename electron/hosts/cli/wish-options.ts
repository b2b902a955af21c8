import { Option, type Command } from 'commander';
import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import { noneAsNull, orNone, rate, timeAhead } from './option-values.ts';

/** What can be said of a download, when it is added or later. */
export interface WishOptions {
  readonly priority?: DownloadPriority;
  readonly neededBy?: number | 'none';
  readonly maxRate?: number | 'none';
}

/** Adds `--priority`, `--needed-by` and `--max-rate`. */
export function addWishOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--priority <which>', 'what goes first where not all can run').choices([
        'high',
        'normal',
        'low',
      ]),
    )
    .option(
      '--needed-by <time>',
      'when it must be there: 18:00, "2026-02-01 18:00", +2h; or none',
      orNone((text) => timeAhead(text)),
    )
    .option('--max-rate <rate>', 'bytes a second at most: 2500000, 2.5M; or none', orNone(rate));
}

/** The same as the core wants it; what was not said is left out. */
export function wishOf({ priority, neededBy, maxRate }: WishOptions) {
  return {
    priority,
    neededByMs: neededBy === undefined ? undefined : noneAsNull(neededBy),
    maxRate: maxRate === undefined ? undefined : noneAsNull(maxRate),
  };
}
