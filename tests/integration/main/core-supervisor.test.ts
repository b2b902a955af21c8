import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FromCore } from '../../../electron/hosts/desktop/messages.ts';
import {
  createCoreSupervisor,
  type CoreProblem,
  type CoreProcess,
} from '../../../electron/main/core-supervisor.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const children: ChildProcess[] = [];

/** A process that behaves as told, in the place of the core's. */
function spawnFake(behaviour: string): CoreProcess<never> {
  const child = fork(join(import.meta.dirname, 'fake-core.mjs'), [behaviour]);
  children.push(child);
  return {
    send: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromCore)),
    onExit: (listener) => void child.once('exit', (code) => listener(code ?? -1)),
    kill: () => void child.kill(),
  };
}

/** A supervisor over such processes, with what it has said so far. */
function supervise(behaviour: string) {
  const said = {
    ready: 0,
    problems: [] as CoreProblem[],
    transfers: [] as Array<number | null>,
    spawned: 0,
  };
  const core = createCoreSupervisor<never>({
    spawn: () => {
      said.spawned += 1;
      return spawnFake(behaviour);
    },
    order: { home: '/nowhere', version: '0', secrets: 'memory', demo: false },
    answers: {
      seal: async (text) => `sealed ${text}`,
      unseal: async () => null,
      resolveProxy: async () => 'DIRECT',
    },
    log: silent,
    now: Date.now,
    onReady: () => (said.ready += 1),
    onProblem: (problem) => said.problems.push(problem),
    onTransfers: (standing) => said.transfers.push(standing?.active ?? null),
  });
  return { core, said };
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('the supervisor of the core', () => {
  it('starts the core, asks it, answers it, and closes it', async () => {
    const { core, said } = supervise('works');
    await expect(core.ask('clipPath', 'a')).rejects.toThrow('not running');
    core.start();
    await expect.poll(() => said.ready).toBe(1);
    expect(await core.ask('clipPath', 'a')).toBe('/clips/a');
    await core.close();
    expect(children.filter(isAlive)).toEqual([]);
    expect(said).toEqual({ ready: 1, problems: [], spawned: 1, transfers: [null] });
  });

  it('answers the core’s own questions', async () => {
    const { core, said } = supervise('works');
    core.start();
    await expect.poll(() => said.ready).toBe(1);
    expect(await core.ask('clipPath', 'seal')).toBe('sealed secret');
    await core.close();
  });

  it('fails what is open when the core dies, and starts another', async () => {
    const { core, said } = supervise('works');
    core.start();
    await expect.poll(() => said.ready).toBe(1);
    await expect(core.ask('clipPath', 'die')).rejects.toThrow('not running');
    expect(core.isReady()).toBe(false);
    await expect.poll(() => said.ready, { timeout: 5000 }).toBe(2);
    expect(await core.ask('clipPath', 'b')).toBe('/clips/b');
    await core.close();
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('gives up after three deaths in a minute, and tries again when told to', async () => {
    const { core, said } = supervise('dies');
    core.start();
    await expect.poll(() => said.problems.length, { timeout: 10_000 }).toBe(1);
    expect(said.spawned).toBe(3);
    expect(said.problems[0]?.code).toBe('CORE_UNAVAILABLE');
    core.retry();
    await expect.poll(() => said.spawned).toBe(4);
    await core.close();
  });

  it('does not start again a core that says another start is of no use', async () => {
    const { core, said } = supervise('newer');
    core.start();
    await expect.poll(() => said.problems.length, { timeout: 10_000 }).toBe(1);
    expect(said.problems).toEqual([{ code: 'DATABASE_NEWER', message: 'from the future' }]);
    expect(said.spawned).toBe(1);
    await core.close();
  });

  it('starts nothing more once it is closing', async () => {
    const { core, said } = supervise('dies');
    core.start();
    await expect.poll(() => children.filter(isAlive).length, { timeout: 5000 }).toBe(0);
    await core.close();
    const spawned = said.spawned;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(said.spawned).toBe(spawned);
  });
});
