import type { HttpResponse } from '../http/http-client.ts';
import { ofHttpFault, ofOddity, type Outcome } from './outcome.ts';
import { pump } from './pump.ts';
import type { Line, Target } from './transfer-context.ts';

/** Length of one journalled run in a single stream, in bytes. */
const runBytes = 8 * 1024 * 1024;

/**
 * Takes a whole file from one response. `onSize` is told the length when only the end of the body says it.
 *
 * @throws FileFault, and the errors of the journal.
 */
export async function fetchWhole(
  response: HttpResponse,
  to: { line: Line; target: Target; signal: AbortSignal },
  onSize: (sizeBytes: number) => void,
): Promise<Outcome> {
  const { journal, identity } = to.target;
  const { at, fault } = await pump(response, { start: 0, end: identity.sizeBytes, runBytes }, to);
  await journal.flush();
  if (to.signal.aborted) return { kind: 'stopped' };
  if (fault && at !== identity.sizeBytes) {
    const outcome = ofHttpFault(fault);
    return outcome.kind === 'odd' ? ofOddity(outcome) : outcome;
  }
  if (identity.sizeBytes === null) onSize(at);
  else if (at < identity.sizeBytes) {
    return ofOddity({ kind: 'odd', reason: 'NETWORK_DISCONNECTED', detail: 'The body was cut short.' });
  }
  return { kind: 'fetched' };
}
