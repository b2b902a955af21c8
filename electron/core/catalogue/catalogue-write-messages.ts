import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { ErrorFacts } from '../../../shared/errors/rushes-error.ts';
import type { PageToWrite } from './catalogue-writer.ts';
import type { RunToFinish } from './end-of-run.ts';
import type { PackedTellings } from './telling.ts';

/** What the thread that writes the catalogue is started with. */
export interface WriterData {
  readonly file: string;
}

/** What it can be asked. */
export type WriterCall =
  | { readonly kind: 'cursor' | 'begin' | 'remove-source'; readonly sourceId: string }
  | {
      readonly kind: 'write-page';
      readonly page: Omit<PageToWrite, 'tellings'> & { readonly tellings: PackedTellings };
    }
  | { readonly kind: 'finish-run'; readonly end: RunToFinish }
  | { readonly kind: 'catch-up' | 'optimise' };

/** A message to the thread. */
export type ToWriter =
  | { readonly kind: 'call'; readonly id: number; readonly call: WriterCall }
  | { readonly kind: 'close' };

/** What the thread says. A failure without a code is a bug. */
export type FromWriter =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'failure';
      readonly id: number;
      readonly code: ErrorCode | null;
      readonly message: string;
      readonly facts: ErrorFacts;
    };
