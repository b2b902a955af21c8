import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { ServedFile } from '../../core/media/media-response.ts';
import type { Asked, Reply } from './exchange.ts';
import type { TransferStanding } from './transfer-watch.ts';

/** Where secrets are kept: sealed by the system's key store, or nowhere but in memory. */
export type SecretsPlace = 'system' | 'memory';

/** How the core is to be opened. */
export interface OpenOrder {
  readonly home: string;
  readonly version: string;
  readonly secrets: SecretsPlace;
  /** Whether a demo portal is to run beside the core. */
  readonly demo: boolean;
}

/** What the shell may ask the core's process. */
export type CoreQuestions = {
  /** The file behind a media address's path. */
  readonly findMedia: { readonly input: string; readonly answer: ServedFile | null };
  /** Where a clip's file lies; null when no place holds it now. */
  readonly clipPath: { readonly input: string; readonly answer: string | null };
};

/** What the core's process may ask the shell. */
export type ShellQuestions = {
  readonly seal: { readonly input: string; readonly answer: string };
  /** What the system is set to for an address, as a proxy script would answer. */
  readonly resolveProxy: { readonly input: string; readonly answer: string };
  readonly unseal: { readonly input: string; readonly answer: string | null };
};

/** What the shell says to the core's process. `port` comes with one message port, which leads to a page. */
export type ToCore =
  | { readonly kind: 'open'; readonly order: OpenOrder }
  | { readonly kind: 'port' }
  | { readonly kind: 'ask'; readonly asked: Asked }
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The machine is awake again: what waits for the network is to be tried at once. */
  | { readonly kind: 'awake' }
  | { readonly kind: 'close' };

/** What the core's process says to the shell. After `failed` it waits to be ended; after `close` it ends itself. */
export type FromCore =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'ask'; readonly asked: Asked }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'transfers'; readonly standing: TransferStanding };
