import { closeSync, openSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fastBody as body, useFastRig } from '../../../support/fast-rig.ts';

const rig = useFastRig();

test('writes a whole body to its place and tells what it wrote, run by run', async () => {
  const server = await rig.serveBody();
  const { at, fault, runs } = await rig.save(`${server.url}/clip.mp4`);
  expect({ at, fault }).toEqual({ at: body.sizeBytes, fault: null });
  expect(rig.savedBytes().equals(body.slice(0, body.sizeBytes))).toBe(true);
  await rig.expectTold(runs, body.sizeBytes);
  expect(rig.plainRequests()).toEqual([]);
});

test('uses one connection for requests one after the other', async () => {
  const server = await rig.serveBody();
  for (const start of [0, 1000, 2000]) {
    const range = `bytes=${start}-${start + 999}`;
    const { fault } = await rig.save(`${server.url}/a`, { start, end: start + 1000 }, { headers: { range } });
    expect(fault).toBeNull();
  }
  expect(server.connections()).toBe(1);
  expect(rig.savedBytes().equals(body.slice(0, 3000))).toBe(true);
});

test('never writes beyond its place, and trusts no connection on which too much came', async () => {
  const server = await rig.serveBody(() => ({ body, extraBytes: 500 }));
  const { at } = await rig.save(`${server.url}/a`, { end: 1000 });
  expect(at).toBe(1000);
  expect(statSync(rig.path()).size).toBe(1000);
  await rig.save(`${server.url}/a`);
  expect(statSync(rig.path()).size).toBe(body.sizeBytes);
  await rig.save(`${server.url}/a`);
  expect(server.connections()).toBe(3);
});

test.each(['fin', 'rst'] as const)('keeps what came before a connection ends by %s', async (cutBy) => {
  const server = await rig.serveBody(() => ({ body, cutAfter: 1_500_000, cutBy }));
  const { at, fault, runs } = await rig.save(`${server.url}/a`);
  expect(fault?.kind).toBe('disconnected');
  expect(at).toBeGreaterThan(0);
  expect(rig.savedBytes().equals(body.slice(0, at))).toBe(true);
  await rig.expectTold(runs, at);
});

test('notices when a server falls silent, in the head and in the body', async () => {
  const server = await rig.serveBody(({ path }) =>
    path === '/head' ? { stallBeforeHead: true } : { body, cutAfter: 10_000, cutBy: 'stall' },
  );
  await expect(rig.ask(`${server.url}/head`, { headTimeoutMs: 200 })).rejects.toMatchObject({
    kind: 'timeout',
  });
  const { at, fault, runs } = await rig.save(`${server.url}/body`);
  expect({ at, kind: fault?.kind }).toEqual({ at: 10_000, kind: 'timeout' });
  await rig.expectTold(runs, 10_000);
});

test('stops at a byte when told to, with everything told that it wrote', async () => {
  const server = await rig.serveBody(() => ({ body, bytesPerSecond: 4_000_000 }));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 150);
  const { at, fault, runs } = await rig.save(`${server.url}/a`, { signal: stop.signal });
  expect(fault?.kind).toBe('cancelled');
  expect(at).toBeLessThan(body.sizeBytes);
  expect(statSync(rig.path()).size).toBe(at);
  await rig.expectTold(runs, at);
});

test('reads nothing more while it is asked to wait', async () => {
  const server = await rig.serveBody();
  let waits = 0;
  const { at } = await rig.save(`${server.url}/a`, {
    onWrote: () => {
      waits += 1;
      return new Promise((resolve) => setTimeout(resolve, 400));
    },
  });
  expect(at).toBe(body.sizeBytes);
  expect(waits).toBeGreaterThan(0);
});

test('fails with the reason of the disk when the file cannot be written', async () => {
  const server = await rig.serveBody();
  const readOnly = openSync(rig.path(), 'r');
  await expect(rig.save(`${server.url}/a`, { file: readOnly })).rejects.toMatchObject({ name: 'FileFault' });
  closeSync(readOnly);
});

test('tells how far a body came when the thread dies, and goes on with a new one, three times', async () => {
  rig.startAnew(new URL('../../../support/dying-transfer-worker.ts', import.meta.url));
  const server = await rig.serveBody(() => ({ body, bytesPerSecond: 1_000_000 }));
  for (let deaths = 0; deaths < 3; deaths++) {
    const { at, fault, runs } = await rig.save(`${server.url}/a`);
    expect(fault?.kind).toBe('disconnected');
    expect(rig.savedBytes().subarray(0, at).equals(body.slice(0, at))).toBe(true);
    if (at > 0) await rig.expectTold(runs, at);
  }
  const { save: none, ...response } = await rig.ask(`${server.url}/a`);
  expect(none).toBeUndefined();
  await response.discard();
});
