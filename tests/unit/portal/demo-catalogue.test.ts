import { describe, expect, it } from 'vitest';
import { assetSchema, portalEventSchema } from '../../../shared/portal-api/asset.ts';
import { assetTitle, demoAssets, recipeOf } from '../../../electron/portal/demo/demo-catalogue.ts';
import { demoEvents } from '../../../electron/portal/demo/events.ts';
import type { MadeMedia } from '../../../electron/portal/demo/make-media.ts';
import { pageUrl, renditionFileName, toAsset } from '../../../electron/portal/demo/to-asset.ts';

const assets = demoAssets();
const bodies = assets.map((asset) => {
  const file = { path: '/nowhere', sizeBytes: 1000, sha256: 'a'.repeat(64) };
  const media: MadeMedia = {
    outputs: new Map(asset.version.outputs.map((kind) => [kind, file])),
    picture: file,
  };
  return assetSchema.parse({ ...toAsset(asset, media, 1_000_000), version: 'v1', changedAtMs: 1 });
});
const count = (status: string): number => bodies.filter((body) => body.status === status).length;

describe('the demo catalogue', () => {
  it('holds enough of every kind', () => {
    expect(assets.length).toBeGreaterThanOrEqual(44);
    expect(demoEvents.length).toBeGreaterThanOrEqual(13);
    expect(count('embargoed')).toBeGreaterThanOrEqual(2);
    expect(count('withdrawn')).toBeGreaterThanOrEqual(2);
    expect(count('expected')).toBeGreaterThanOrEqual(2);
    expect(count('withheld')).toBeGreaterThanOrEqual(1);
    expect(bodies.some((body) => body.rights.thirdParty !== null)).toBe(true);
    expect(bodies.some((body) => body.filmedFirstDay !== body.publishedDay)).toBe(true);
    for (const script of [/\p{Script=Greek}/u, /\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u]) {
      expect(bodies.some((body) => script.test(body.title))).toBe(true);
    }
  });

  it('gives every asset an id, every file a name and every picture a look of its own', () => {
    expect(new Set(bodies.map((body) => body.id)).size).toBe(bodies.length);
    const names = assets.flatMap((asset) =>
      asset.version.outputs.map((kind) => renditionFileName(asset, kind)),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(assets.map((asset) => JSON.stringify(recipeOf(asset)))).size).toBe(assets.length);
    expect(new Set(assets.map(assetTitle)).size).toBe(assets.length);
  });

  it('names only events that exist, and days in their order', () => {
    const ids = new Set(demoEvents.map((event) => event.id));
    const named = assets.flatMap(({ story }) => story.eventId ?? []);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    for (const event of demoEvents) {
      expect(() => portalEventSchema.parse({ ...event, pageUrl: pageUrl('event', event.id) })).not.toThrow();
      expect(event.firstDay <= event.lastDay).toBe(true);
    }
    for (const body of bodies) expect((body.filmedFirstDay ?? '') <= (body.filmedLastDay ?? '')).toBe(true);
  });

  it('keeps the times of its shotlists within the pictures', () => {
    const beyond = assets.flatMap(({ story }) =>
      [...(story.shotlist ?? '').matchAll(/\b00:(\d\d)\b/g)]
        .filter((match) => Number(match[1]) >= story.look.durationS)
        .map((match) => `${story.stem} ${match[0]}`),
    );
    expect([...new Set(beyond)]).toEqual([]);
  });
});
