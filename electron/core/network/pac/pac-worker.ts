import { networkInterfaces } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { addressesOf } from '../../http/host-names.ts';
import { PacFault } from './pac-fault.ts';
import { loadPacScript } from './pac-script.ts';
import type { FromPac, ToPac } from './pac-thread.ts';

const lookUpMs = 3000;

/** Runs one proxy script in a thread of its own, which can be ended when the script does not end by itself. */
async function serve(port: NonNullable<typeof parentPort>, source: string): Promise<void> {
  const tell = (message: FromPac): void => port.postMessage(message);
  let nowMs = Date.now();
  try {
    const script = await loadPacScript(source, {
      resolve: (host) => addressesOf(host, lookUpMs),
      ownAddresses,
      now: () => nowMs,
      onRun: (isRunning) => tell({ kind: isRunning ? 'runs' : 'rests' }),
    });
    port.on('message', (asked: ToPac) => {
      nowMs = asked.nowMs;
      script.find(asked.url, asked.host).then(
        (text) => tell({ kind: 'answer', id: asked.id, text }),
        (error: unknown) => {
          const why = whyOf(error);
          tell(error instanceof PacFault ? { kind: 'fault', id: asked.id, why } : { kind: 'unusable', why });
        },
      );
    });
    tell({ kind: 'loaded' });
  } catch (error) {
    tell({ kind: 'unusable', why: whyOf(error) });
  }
}

function whyOf(error: unknown): string {
  return error instanceof PacFault ? error.message : `The proxy script fails: ${String(error)}.`;
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ internal }) => !internal).map(({ address }) => address),
  );
}

if (parentPort) await serve(parentPort, String(workerData));
