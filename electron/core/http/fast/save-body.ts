import { toFileFault } from '../../files/file-fault.ts';
import { drop } from '../../drop.ts';
import { HttpFault } from '../http-client.ts';
import type { Saved, SaveTo } from '../save-to.ts';
import type { SaveFault } from './messages.ts';
import type { HeldBody } from './held-body.ts';
import type { Told } from './transfer-thread.ts';

/**
 * Has the thread write a body to its place. Settles only when the thread does not touch the file any more.
 *
 * @throws FileFault, and what `onWrote` throws.
 */
export function saveBody({ call, listen, lost, signal: own }: HeldBody, to: SaveTo): Promise<Saved> {
  const { promise, resolve, reject } = Promise.withResolvers<Saved>();
  const signals = own ? [own, to.signal] : [to.signal];
  let at = to.start;
  let holds = 0;
  let failure: { readonly error: unknown } | null = null;

  const stop = (): void => call.send({ kind: 'stop' });
  const settle = (saved: Saved | { readonly error: unknown }): void => {
    for (const one of signals) one.removeEventListener('abort', stop);
    call.forget();
    const failed = failure ?? ('error' in saved ? saved : null);
    if (failed) reject(failed.error);
    else if ('at' in saved) resolve(saved);
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop();
  };
  const wrote = async (runs: Extract<Told, { kind: 'wrote' }>['runs']): Promise<void> => {
    for (const run of runs) at = Math.max(at, run.start + run.length);
    const waiting = to.onWrote(runs);
    if (!waiting) return;
    if (holds++ === 0) call.send({ kind: 'hold' });
    await waiting;
    if (--holds === 0) call.send({ kind: 'go-on' });
  };
  listen((told) => {
    if (told.kind === 'wrote') drop(wrote(told.runs), fail);
    else if (told.kind === 'died') settle({ at, fault: lost() });
    else if (told.kind === 'ended') settle(endOf(told.at, told.fault));
  });
  const { file, start, end, runBytes } = to;
  call.send({ kind: 'save', file, start, end, runBytes });
  for (const one of signals) one.addEventListener('abort', stop);
  if (signals.some((one) => one.aborted)) stop();
  return promise;
}

function endOf(at: number, fault: SaveFault | null): Saved | { readonly error: unknown } {
  if (fault?.of === 'file') return { error: toFileFault(fault, 'Writing failed') };
  return { at, fault: fault ? new HttpFault(fault.kind, fault.message) : null };
}
