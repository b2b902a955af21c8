import { expect, test } from 'vitest';
import { createAgencyFeedKind } from '../../../electron/core/sources/agency/agency-feed-kind.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { openKind } from './open-kind.ts';
import { playServer, type Reply } from './play-server.ts';

const key = 'hush-0123456789';
const { signal } = new AbortController();
const list = JSON.stringify({ _items: [{ uri: 'urn:1', type: 'video', headline: 'Convoy' }] });

/** All that is told of a failure. */
async function toldOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (fault: unknown) => fault,
  );
  if (!(error instanceof RushesError)) throw new Error('It did not fail as it should.');
  return `${error.code} ${error.message} ${JSON.stringify(error.facts)}`;
}

/** A server that repeats what it was asked with. */
const echo =
  (status: number) =>
  (asked: { query: URLSearchParams; headers: object }): Reply => ({
    status,
    contentType: 'text/plain',
    body: `Not for ${asked.query.toString()} ${JSON.stringify(asked.headers)}`,
  });

test.each([403, 404, 500])(
  'a key in an address or a header that a server repeats with status %i is not shown',
  async (status) => {
    const server = await playServer(echo(status));
    const { ask } = openKind(createAgencyFeedKind(), server.url);
    const url = `${server.url}/feed?api_key=${key}&page=2`;
    const told = await toldOf(ask.get({ url, headers: { authorization: `Bearer ${key}` }, signal }));
    expect(told).toContain('page=2');
    expect(told).toContain('***');
    expect(told).not.toContain(key);
  },
);

test('a key that an agency repeats in an answer that is none is not shown', async () => {
  let body = list;
  const server = await playServer(() => ({ contentType: 'application/json', body }));
  const opened = openKind(createAgencyFeedKind(), `${server.url}/feed`, `X-Api-Key: ${key}`);
  const source = await opened.open();
  body = JSON.stringify({ error: `The key ${key} has run out.` });
  const read = async (): Promise<void> => {
    for await (const page of source.changedSince(null, signal)) expect(page).toBeNull();
  };
  const told = await toldOf(read());
  expect(told).toContain('has run out');
  expect(told).not.toContain(key);
});
