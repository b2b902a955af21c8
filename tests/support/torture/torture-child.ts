// The engine in a process of its own that does what it is told and can be killed at any time. The first line on its
// standard input says how it is to be (`ChildSetup`), every further line is a call; each is answered by a line.
import { createInterface } from 'node:readline';
import { startRig, type Rig } from '../fault-rig.ts';
import type { Call, ChildSetup } from './child-protocol.ts';

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

async function begin(setup: ChildSetup): Promise<Rig> {
  const { home, connections, parallel, pieceBytes, flush, dieAt, timeouts } = setup;
  let passed = 0;
  return startRig({
    home,
    connections,
    pieceBytes,
    ...(parallel === undefined ? {} : { parallel }),
    tuning: {
      ...(flush ? { flush } : {}),
      ...(timeouts ? { timeouts } : {}),
      delayFactor: setup.delayFactor ?? 0.02,
      pauseMs: 20,
    },
    checkpoint: (name) => {
      if (name !== dieAt?.point) return;
      passed++;
      if (passed === dieAt.nth) process.kill(process.pid, 'SIGKILL');
    },
  });
}

async function perform(rig: Rig, call: Exclude<Call, { verb: 'quit' }>): Promise<object> {
  const { downloads } = rig;
  switch (call.verb) {
    case 'addUrl':
      return downloads.addUrl(call.input);
    case 'wake':
      return downloads.wake(call.input);
    case 'list':
      return downloads.list({ show: 'all' });
    case 'counts':
      return downloads.list({ show: 'done', limit: 1 }).counts;
    case 'pause':
    case 'resume':
    case 'retry':
    case 'cancel':
      return downloads[call.verb](call.input);
    default:
      globalThis.gc?.();
      return { ...process.memoryUsage(), resources: process.getActiveResourcesInfo() };
  }
}

let rig: Rig | null = null;
say({ kind: 'loaded' });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    if (!rig) {
      rig = await begin(JSON.parse(line) as ChildSetup);
      say({ kind: 'ready', downloads: rig.downloads.list({ show: 'all' }).downloads });
      continue;
    }
    const call = JSON.parse(line) as Call;
    const started = rig;
    if (call.verb === 'quit') {
      await started.stop();
      say({ kind: 'answer', n: call.n, value: {} });
      break;
    }
    // Not awaited: calls may overtake each other, as they do from a window.
    perform(started, call).then(
      (value) => say({ kind: 'answer', n: call.n, value }),
      (error: unknown) => say({ kind: 'refused', n: call.n, error: String(error) }),
    );
  } catch (error) {
    say({ kind: 'died', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exit(3);
  }
}
// It has quit, or whoever started it is gone.
process.exit(0);
