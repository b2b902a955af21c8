import type { DemoStory, DemoVersion } from './demo-story.ts';
import type { MediaRecipe } from './media-recipe.ts';
import { compactStories } from './stories-compact.ts';
import { fieldStories } from './stories-field.ts';
import { tamritStories } from './stories-tamrit.ts';

/** One asset to be: a version together with its story. */
export interface DemoAsset {
  readonly story: DemoStory;
  readonly version: DemoVersion;
}

/**
 * The assets that a small selection takes first, in this order: plain H.264 with an event, MXF of about 30 MB,
 * ProRes, drop-frame at 29.97, silent, embargoed; then upright, expected, Greek, Arabic, Ukrainian.
 */
const mostTelling = [
  412001, 412003, 412012, 411911, 411601, 412811, 411461, 412901, 411401, 411811, 411981, 412411,
];

/** All assets of the demo, the most telling ones first. */
export function demoAssets(): DemoAsset[] {
  const all = [...tamritStories, ...compactStories, ...fieldStories].flatMap((story) =>
    story.versions.map((version) => ({ story, version })),
  );
  const rank = ({ version }: DemoAsset): number => {
    const place = mostTelling.indexOf(version.id);
    return place < 0 ? mostTelling.length : place;
  };
  // The sort is stable: behind the telling ones, the order of the stories stays.
  return all.toSorted((one, other) => rank(one) - rank(other));
}

const suffixes = { master: 'MASTER', subtitled: 'MASTERSUBS', 'b-roll': 'B-ROLL' } as const;

/** Title of an asset: the story's, with the mark of its version. */
export function assetTitle({ story, version }: DemoAsset): string {
  return `${story.title} (${suffixes[version.kind]})`;
}

/** Start timecode of a story's files. */
export function startTimecodeOf(story: DemoStory): string {
  return story.look.startTimecode ?? '10:00:00:00';
}

/** What ffmpeg shall make for an asset. */
export function recipeOf(asset: DemoAsset): MediaRecipe {
  const { story, version } = asset;
  const { look } = story;
  const turn = { master: 0, subtitled: 24, 'b-roll': 48 }[version.kind];
  return {
    picture: look.picture,
    // The versions of a story look alike but are not the same picture.
    hue: (look.hue + turn) % 360,
    head: look.head ?? 'none',
    durationS: look.durationS,
    rate: look.rate ?? { num: 25, den: 1 },
    startTimecode: startTimecodeOf(story),
    audio: look.silent === true || version.outputs.length === 0 ? 'none' : 'tone',
    caption: assetTitle(asset),
    outputs: version.outputs,
  };
}
