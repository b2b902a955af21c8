import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  nat,
  record,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { parseFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { feedOf, reading, rss } from './feed-of.ts';

const words = stringMatching(/^[A-Za-zäéß 0-9]{1,24}[a-z]$/).map((text) => text.replace(/\s+/g, ' ').trim());
const entries = uniqueArray(
  record({
    id: stringMatching(/^[a-z0-9]{3,12}$/),
    title: words,
    text: words,
    ms: integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 0, 1) }),
    bytes: integer({ min: 10_000, max: 90_000_000_000 }),
    height: constantFrom(360, 720, 1080, 2160),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
);

function written(
  list: readonly { id: string; title: string; text: string; ms: number; bytes: number; height: number }[],
): string {
  return rss(
    list
      .map(
        ({
          id,
          title,
          text,
          ms,
          bytes,
          height,
        }) => `<item><guid isPermaLink="false">${id}</guid><title>${title}</title>
      <description><![CDATA[${text}]]></description><pubDate>${new Date(ms).toUTCString()}</pubDate>
      <media:group><media:content url="https://a.example/${id}.mp4" type="video/mp4" height="${height}" fileSize="${bytes}"/></media:group></item>`,
      )
      .join('\n'),
  );
}

test('well-formed feeds are read as another reader of feeds reads them', async () => {
  await assert(
    asyncProperty(entries, async (list) => {
      const xml = written(list);
      const { format, feed } = parseFeed(xml);
      if (format !== 'rss') throw new Error(format);
      const theirs = (feed.items ?? []).map((item) => ({
        externalId: item.guid?.value,
        title: item.title,
        synopsis: item.description,
        atMs: Date.parse(item.pubDate ?? ''),
        address: item.media?.groups?.[0]?.contents?.[0]?.url,
        height: item.media?.groups?.[0]?.contents?.[0]?.height,
      }));
      const { assets } = await feedOf(xml);
      const ours = assets.map(({ externalId, title, synopsis, dates, renditions: [file] }) => ({
        externalId,
        title,
        synopsis,
        atMs: dates.published?.atMs,
        address: file?.address,
        height: file?.height,
      }));
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 60 },
  );
});

test('whatever becomes of the bytes on the way, a feed is read whole or said to be none', async () => {
  const whole = new TextEncoder().encode(
    written([
      { id: 'one', title: 'Convoy', text: 'At dawn', ms: 0, bytes: 20_000, height: 720 },
      { id: 'two', title: 'Ferry', text: 'At noon', ms: 1, bytes: 30_000, height: 1080 },
    ]),
  );
  const change = record({ at: nat(whole.length - 1), byte: nat(255), cut: boolean() });
  await assert(
    asyncProperty(array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      let bytes = Uint8Array.from(whole);
      for (const { at, byte, cut } of changes) {
        if (cut) bytes = bytes.slice(0, Math.max(1, at));
        else if (at < bytes.length) bytes[at] = byte;
      }
      const found = await reading(bytes);
      expect(['feed', 'empty', 'html', 'error', 'broken', 'other']).toContain(found.kind);
      // A cut is never taken for a shorter list.
      const isWhole = /<\/rss\s*>/.test(new TextDecoder().decode(bytes));
      expect(found.kind === 'feed' && !isWhole).toBe(false);
    }),
    { numRuns: 300 },
  );
});
