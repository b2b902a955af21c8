import { HttpFault } from '../http-client.ts';
import type { Call, Told } from './transfer-thread.ts';

/** A response in the thread whose body waits to be told where it goes. */
export interface HeldBody {
  readonly call: Call;
  readonly host: string;
  /** The signal of the request: it ends the body, too. */
  readonly signal: AbortSignal | undefined;
  readonly listen: (listener: (told: Told) => void) => void;
  readonly lost: () => HttpFault;
}

/** The chunks of a body, each asked for when the last has been taken. @throws HttpFault */
export async function* readBody({ call, host, signal, listen, lost }: HeldBody): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let end: { readonly fault: HttpFault | null } | null = null;
  let wake = (): void => undefined;
  const onAbort = (): void => call.send({ kind: 'stop' });
  listen((told) => {
    if (told.kind === 'bytes') chunks.push(told.bytes);
    else if (told.kind === 'died') end = { fault: lost() };
    else if (told.kind === 'ended') end = { fault: faultOf(told.fault, signal, host) };
    wake();
  });
  signal?.addEventListener('abort', onAbort);
  try {
    call.send({ kind: 'read' });
    if (signal?.aborted) onAbort();
    for (;;) {
      for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
        yield chunk;
        call.send({ kind: 'go-on' });
      }
      const ended = end as { readonly fault: HttpFault | null } | null;
      if (ended?.fault) throw ended.fault;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    call.send({ kind: 'stop' });
    call.forget();
  }
}

function faultOf(
  fault: Extract<Told, { kind: 'ended' }>['fault'],
  signal: AbortSignal | undefined,
  host: string,
): HttpFault | null {
  if (!fault) return null;
  if (signal?.aborted) return new HttpFault('cancelled', `The request to ${host} was cancelled.`);
  return fault.of === 'line'
    ? new HttpFault(fault.kind, fault.message)
    : new HttpFault('disconnected', `The connection to ${host} was lost.`);
}
