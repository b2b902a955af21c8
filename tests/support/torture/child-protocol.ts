import type { Checkpoint } from '../../../electron/core/downloads/engine-deps.ts';
import type { Downloads } from '../../../electron/core/downloads/downloads.ts';

/** How a child is to be set up. */
export interface ChildSetup {
  readonly home: string;
  readonly connections: number;
  readonly parallel?: number;
  readonly pieceBytes: number;
  readonly flush?: { readonly everyBytes: number; readonly everyMs: number };
  readonly timeouts?: { readonly headMs: number; readonly idleMs: number };
  readonly delayFactor?: number;
  /** Kills itself when it passes a point for the nth time. */
  readonly dieAt?: { readonly point: Checkpoint; readonly nth: number };
}

type Ids = { readonly ids?: readonly string[] };

/** What a child can be told, without its number. */
export type Order =
  | { readonly verb: 'addUrl'; readonly input: Parameters<Downloads['addUrl']>[0] }
  | { readonly verb: 'pause' | 'resume' | 'retry' | 'cancel'; readonly input?: Ids }
  | { readonly verb: 'wake'; readonly input: { readonly why: 'online' | 'awake' } }
  | { readonly verb: 'list' | 'counts' | 'memory' }
  | { readonly verb: 'quit' };

/** One numbered order. */
export type Call = Order & { readonly n: number };
