import { expect, it } from 'vitest';
import { createLinkKeeper } from '../../../../electron/core/downloads/link-keeper.ts';
import type { RenditionLink } from '../../../../electron/core/downloads/rendition-link.ts';

function linkTo(url: string, expiresAtMs: number | null = null): RenditionLink {
  return {
    url,
    policy: { insecureHttp: false, allowPrivate: false },
    sizeBytes: null,
    hash: null,
    etag: null,
    expiresAtMs,
    fileName: null,
  };
}

function keeperOf(lifeMs: number | null = null) {
  const state = { now: 0, resolved: 0, failing: false };
  const keeper = createLinkKeeper({
    clock: { now: () => state.now },
    resolve: async () => {
      if (state.failing) throw new Error('away');
      state.resolved++;
      return linkTo(`https://example.org/${state.resolved}`, lifeMs === null ? null : state.now + lifeMs);
    },
  });
  return { keeper, state };
}

it('resolves once for all who ask at the same time', async () => {
  const { keeper, state } = keeperOf();
  const links = await Promise.all([keeper.current(), keeper.current(), keeper.current()]);
  expect(links.map((one) => one.version)).toEqual([1, 1, 1]);
  await Promise.all([keeper.renew(1), keeper.renew(1), keeper.renew(1)]);
  expect(state.resolved).toBe(2);
  expect(await keeper.renew(1)).toBe(true);
  expect(state.resolved).toBe(2);
});

it('does not renew a renewal that never worked', async () => {
  const { keeper } = keeperOf();
  await keeper.current();
  expect(await keeper.renew(1)).toBe(true);
  expect(await keeper.renew(2)).toBe(false);
  keeper.worked(2);
  expect(await keeper.renew(2)).toBe(true);
});

it('gets a new link at four fifths of the life of the old one', async () => {
  const { keeper, state } = keeperOf(1000);
  await keeper.current();
  state.now = 799;
  expect((await keeper.current()).version).toBe(1);
  state.now = 800;
  expect((await keeper.current()).version).toBe(2);
});

it('uses a link to its end when no new one is to be had', async () => {
  const { keeper, state } = keeperOf(1000);
  await keeper.current();
  state.failing = true;
  state.now = 900;
  expect((await keeper.current()).version).toBe(1);
  state.now = 1000;
  await expect(keeper.current()).rejects.toThrow('away');
});
