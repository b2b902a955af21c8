/** Where a Chromium is and what to add to its environment. */
export interface FoundChromium {
  path: string;
  env: Record<string, string>;
  canBeHeaded: boolean;
}
/** Why there is no Chromium, in one line. */
export interface MissingChromium {
  missing: string;
}

/** Finds a Chromium for tests. */
export function chromiumExecutable(options?: { headed?: boolean }): FoundChromium | MissingChromium;
/** The folder into which `scripts/setup.mjs --browser` unpacks Chromium. */
export function unpackedChromiumFolder(): string | null;
/** Arguments for a Chromium that tests start. */
export const CHROMIUM_TEST_ARGS: readonly string[];
