import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core';
import { isInSubnet } from '../../http/host-names.ts';
import { PacFault } from './pac-fault.ts';
import { pacFunctions } from './pac-functions.ts';

const memoryBytes = 16 * 1024 * 1024;
/** Well below what the machine itself has, so that deep calls end as an error of the script. */
const stackBytes = 96 * 1024;
/** How long a script may run before it is interrupted. */
const loadMs = 1000;
const findMs = 1000;
/** A script that asks for more names, each after the answer to the last, is not deciding anything. */
const mostRounds = 16;
const mostAnswerChars = 2000;

/** What a script may learn of the world outside its sandbox. */
export interface PacWorld {
  /** Every address of a name, none where it has none. */
  resolve(host: string): Promise<readonly string[]>;
  /** This machine's own addresses. */
  ownAddresses(): readonly string[];
  now(): number;
  /** Told before and after every stretch in which the script runs: some work cannot be interrupted from within. */
  onRun(isRunning: boolean): void;
}

/** A proxy script in its sandbox. */
interface PacScript {
  /** What it answers: `PROXY a:1; DIRECT`. @throws PacFault */
  find(url: string, host: string): Promise<string>;
}

/**
 * Loads a proxy script into a machine of its own: QuickJS compiled to WebAssembly, which has no way to Node, the disk
 * or the network, with limits on memory, stack and time.
 *
 * Nothing is ever taken apart: machine and script go with the thread that they run in.
 *
 * @throws PacFault when it does not run or has no FindProxyForURL; anything else when the machine itself has broken
 *   down, as it does over some depths (of JSON, of brackets): then it must not be used again.
 */
export async function loadPacScript(source: string, world: PacWorld): Promise<PacScript> {
  const machine = await newQuickJSWASMModuleFromVariant(variant);
  const runtime = machine.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  let deadline = 0;
  runtime.setInterruptHandler(() => performance.now() > deadline);
  const context = runtime.newContext();
  // Whose question the sandbox is at: it runs to its end at a stretch, so there is never more than one.
  let asking = createNames();
  const run = (code: string, forMs: number): string => {
    deadline = performance.now() + forMs;
    world.onRun(true);
    try {
      return evaluate(context, code);
    } finally {
      world.onRun(false);
    }
  };
  giveFunctions(context, world, (name) => asking.look(name));
  run(pacFunctions, loadMs);
  run(source, loadMs);
  if (!run('typeof FindProxyForURLEx + typeof FindProxyForURL', findMs).includes('function')) {
    throw new PacFault('The proxy script has no function FindProxyForURL.');
  }
  return {
    find: async (url, host) => {
      const given = `${JSON.stringify(url)}, ${JSON.stringify(host)}`;
      const call = `(typeof FindProxyForURLEx === 'function' ? FindProxyForURLEx : FindProxyForURL)(${given})`;
      const names = createNames();
      // The sandbox cannot wait, so it is asked again once the names are known that it asked for.
      for (let round = 0; round < mostRounds; round++) {
        asking = names;
        const answer = attempt(() => run(call, findMs));
        if (!answer.ok && !(answer.error instanceof PacFault)) throw answer.error;
        const missing = names.missing();
        if (missing.length === 0) return textOf(answer);
        await Promise.all(missing.map(async (name) => names.learn(name, await world.resolve(name))));
      }
      throw new PacFault('The proxy script asks for too many names.');
    },
  };
}

type Attempt = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: unknown };

/** What a script did without the names it asked for means nothing, a failure included. */
function attempt(work: () => string): Attempt {
  try {
    return { ok: true, text: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

function textOf(answer: Attempt): string {
  if (!answer.ok) throw answer.error;
  return answer.text;
}

/** The names of one question: what is known of each, and which are still to be looked up. */
function createNames() {
  const known = new Map<string, string>();
  const missing = new Set<string>();
  return {
    look: (name: string): string => {
      const found = known.get(name);
      if (found === undefined) missing.add(name);
      return found ?? '';
    },
    learn: (name: string, addresses: readonly string[]): void => {
      known.set(name, addresses.join(';'));
      missing.delete(name);
    },
    missing: (): string[] => [...missing],
  };
}

function giveFunctions(context: QuickJSContext, world: PacWorld, look: (name: string) => string): void {
  const give = (name: string, work: (...texts: string[]) => QuickJSHandle): void => {
    context
      .newFunction(name, (...handles) => work(...handles.map((handle) => context.getString(handle))))
      .consume((handle) => context.setProp(context.global, name, handle));
  };
  give('__dns', (host = '') => context.newString(look(host.slice(0, 255).toLowerCase())));
  give('__own', () => context.newString(world.ownAddresses().join(';')));
  give('__inSubnet', (address = '', net = '') => context.newNumber(isInSubnet(address, net) ? 1 : 0));
  give('__now', () => context.newNumber(world.now()));
}

function evaluate(context: QuickJSContext, code: string): string {
  const result = context.evalCode(code, 'proxy.pac');
  if (result.error) {
    const error: unknown = result.error.consume((handle) => context.dump(handle));
    throw new PacFault(`The proxy script fails: ${wordsOf(error)}.`);
  }
  return result.value.consume((handle) =>
    context.typeof(handle) === 'string' ? context.getString(handle).slice(0, mostAnswerChars) : '',
  );
}

function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'without a reason';
  const told = ['name', 'message'].map((key) => (error as Record<string, unknown>)[key]);
  if (told.includes('interrupted')) return 'it runs for too long';
  const text = told.filter((word) => typeof word === 'string').join(' ');
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || 'without a reason';
}
