import type { Traffic } from '../../../../shared/contract/system.ts';

/** A traffic without one profile: what used it falls back to the first that is left. */
export function withoutProfile(traffic: Traffic, id: string): Traffic {
  const profiles = traffic.profiles.filter((profile) => profile.id !== id);
  const fallback = profiles[0]?.id ?? null;
  const instead = (profile: string | null): string | null => (profile === id ? fallback : profile);
  return {
    profiles,
    outside: instead(traffic.outside),
    windows: traffic.windows.map((window) => ({ ...window, profile: instead(window.profile) })),
  };
}
