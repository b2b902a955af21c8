import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { createSwitchingLink, type Wire } from '../../../../renderer/src/lib/switching-link.ts';

const call = (link: ClientLink<ClientContext>, name: string) => link.call([name], undefined, { context: {} });

function answering(answer: unknown): Wire {
  return { link: { call: async () => answer }, alive: () => true, end: () => {} };
}

/** A wire whose calls hang until it ends, as those of a lost connection do. */
function hanging(): Wire {
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  return {
    link: { call: () => ended.promise },
    alive: () => true,
    end: () => ended.reject(new Error('connection closed')),
  };
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return 'answered';
  } catch (error) {
    return error instanceof ORPCError ? error.code : error;
  }
}

describe('the switching link', () => {
  it('lets calls wait for the first connection', async () => {
    const switching = createSwitchingLink();
    const early = call(switching.link, 'early');
    switching.open(answering('here'));
    expect(await early).toBe('here');
    expect(switching.state()).toBe('open');
  });

  it('rejects what a lost connection leaves behind, and what comes after, with CORE_UNAVAILABLE', async () => {
    const switching = createSwitchingLink();
    switching.open(hanging());
    const pending = codeOf(call(switching.link, 'pending'));
    await Promise.resolve();
    switching.lose('lost');
    expect(await pending).toBe('CORE_UNAVAILABLE');
    expect(await codeOf(call(switching.link, 'later'))).toBe('CORE_UNAVAILABLE');
  });

  it('goes on with a new connection, and calls of the old one fail', async () => {
    const switching = createSwitchingLink();
    switching.open(hanging());
    const old = codeOf(call(switching.link, 'old'));
    await Promise.resolve();
    switching.open(answering('new'));
    expect(await old).toBe('CORE_UNAVAILABLE');
    expect(await call(switching.link, 'next')).toBe('new');
  });

  it('passes errors of the core on as they are', async () => {
    const switching = createSwitchingLink();
    switching.open({
      link: { call: () => Promise.reject(new ORPCError('CODE_WRONG')) },
      alive: () => true,
      end: () => {},
    });
    expect(await codeOf(call(switching.link, 'verify'))).toBe('CODE_WRONG');
  });

  it('knows a dead connection before it has been told', async () => {
    const switching = createSwitchingLink();
    switching.open({
      link: { call: () => Promise.reject(new Error('aborted')) },
      alive: () => false,
      end: () => {},
    });
    expect(await codeOf(call(switching.link, 'anything'))).toBe('CORE_UNAVAILABLE');
  });

  it('tells its state to whoever listens, until they stop', () => {
    const switching = createSwitchingLink();
    const seen: string[] = [];
    const stop = switching.subscribe(() => seen.push(switching.state()));
    switching.open(answering(null));
    switching.lose('lost');
    stop();
    switching.lose('refused');
    expect(seen).toEqual(['open', 'lost']);
  });
});
