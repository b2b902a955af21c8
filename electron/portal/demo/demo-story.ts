import type { PortalEvent, PortalRights } from '../../../shared/portal-api/asset.ts';
import type { OutputKind, PictureKind, Rate } from './media-recipe.ts';

/** A person as named in a catalogue. */
export interface DemoPerson {
  readonly name: string;
  readonly role?: string;
}

/** One version of a story; each becomes an asset. */
export interface DemoVersion {
  readonly id: number;
  readonly kind: 'master' | 'subtitled' | 'b-roll';
  /** `usable` when absent. */
  readonly status?: 'expected' | 'embargoed' | 'withheld' | 'withdrawn';
  /** Counted from the portal's first start, because a demo that ages would have no embargo left. */
  readonly embargoMinutes?: number;
  readonly outputs: readonly OutputKind[];
  /** File name without rendition mark and extension; by default the story's stem and the version's number. */
  readonly fileStem?: string;
}

/** A story of the demo, before its versions become assets. */
export interface DemoStory {
  /** Day and letter of the event, then a slug: the stem of file names. */
  readonly stem: string;
  readonly eventId?: string;
  readonly title: string;
  readonly teaser: string;
  readonly synopsis: string;
  readonly shotlist?: string;
  readonly transcript?: string;
  /** An instant with `Z`; its first ten characters are the day of publication. */
  readonly publishedAt: string;
  readonly filmed?: readonly [first: string, last: string];
  readonly place: string;
  readonly country: string;
  readonly people?: readonly DemoPerson[];
  readonly organisations?: readonly string[];
  readonly keywords: readonly string[];
  readonly language?: string;
  readonly rights?: Partial<PortalRights>;
  readonly look: {
    readonly picture: PictureKind;
    readonly hue: number;
    readonly head?: 'black' | 'bars';
    readonly durationS: number;
    /** 25 frames a second when absent. */
    readonly rate?: Rate;
    readonly startTimecode?: string;
    readonly silent?: true;
  };
  readonly versions: readonly DemoVersion[];
}

/** An event of the demo; its page address follows from its id. */
export type DemoEvent = Omit<PortalEvent, 'pageUrl' | 'people'> & { readonly people: readonly DemoPerson[] };

/** Frame rates other than 25. */
export const rates = {
  film: { num: 24000, den: 1001 },
  ntsc: { num: 30000, den: 1001 },
  fast: { num: 50, den: 1 },
} as const satisfies Record<string, Rate>;
