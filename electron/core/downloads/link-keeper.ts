import type { Clock } from '../ports.ts';
import type { RenditionLink } from './rendition-link.ts';

/** The part of a link's life after which a new one is fetched ahead. */
const renewAheadAt = 0.8;

/** A link and which one it is: 1 for the first, counting up. */
export interface NumberedLink {
  readonly link: RenditionLink;
  readonly version: number;
}

/** The link that all connections of one attempt share. */
export interface LinkKeeper {
  /** The link to use now; resolved at first use and anew shortly before it expires. */
  current(): Promise<NumberedLink>;
  /**
   * Gets a new link because this one was refused; all who ask at once share one resolving. False when this link is
   * itself a renewal that never worked: another would not either.
   */
  renew(version: number): Promise<boolean>;
  /** The link gave bytes. */
  worked(version: number): void;
}

/** Makes a keeper around a resolver. */
export function createLinkKeeper(deps: {
  resolve: (previous: RenditionLink | null) => Promise<RenditionLink>;
  clock: Clock;
}): LinkKeeper {
  let held: (NumberedLink & { readonly since: number }) | null = null;
  let pending: Promise<NumberedLink> | null = null;
  let untried = 0;

  const resolveAnew = (): Promise<NumberedLink> => {
    pending ??= (async () => {
      try {
        const link = await deps.resolve(held?.link ?? null);
        held = { link, version: (held?.version ?? 0) + 1, since: deps.clock.now() };
        return held;
      } finally {
        pending = null;
      }
    })();
    return pending;
  };

  return {
    current: async () => {
      if (!held) return resolveAnew();
      const { expiresAtMs } = held.link;
      const now = deps.clock.now();
      if (expiresAtMs === null || now < held.since + renewAheadAt * (expiresAtMs - held.since)) return held;
      try {
        return await resolveAnew();
      } catch (error) {
        // Ahead of time: while the old link holds, that the source is away for a moment does no harm.
        if (now < expiresAtMs) return held;
        throw error;
      }
    },
    renew: async (version) => {
      if (held && held.version > version) return true;
      if (held && untried === held.version) return false;
      const renewed = await resolveAnew();
      untried = renewed.version;
      return true;
    },
    worked: (version) => {
      if (untried === version) untried = 0;
    },
  };
}
