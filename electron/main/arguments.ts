/** What the command line asks of the shell. Everything else on it belongs to Electron and Chromium. */
export interface ShellArguments {
  readonly home: string | undefined;
  readonly demo: boolean;
  readonly link: Link | null;
}

/** Something the window can show, named from outside by an opaque id. */
export interface Link {
  readonly kind: 'asset' | 'clip' | 'event';
  readonly id: string;
}

const kinds = ['asset', 'clip', 'event'] as const;
const longestLink = 100;

/**
 * Reads the command line by what is known, wherever it stands: Chromium reorders arguments and adds its own.
 *
 * A link counts only after `--`, so that nothing in an address can be read as a switch.
 */
export function readArguments(argv: readonly string[]): ShellArguments {
  const end = argv.indexOf('--');
  const ours = end === -1 ? argv : argv.slice(0, end);
  const rest = end === -1 ? [] : argv.slice(end + 1);
  const at = ours.findIndex((argument) => argument === '--home' || argument.startsWith('--home='));
  const named = at === -1 ? undefined : ours[at];
  const next = ours[at + 1];
  const home =
    named === '--home' ? (next?.startsWith('-') ? undefined : next) : named?.slice('--home='.length);
  return {
    home: home === '' ? undefined : home,
    demo: ours.includes('--demo'),
    link: rest.map(readLink).find((link) => link !== null) ?? null,
  };
}

/** Reads `rushes://asset/ID`, `rushes://clip/ID` or `rushes://event/ID`; null for anything else. */
export function readLink(text: unknown): Link | null {
  if (typeof text !== 'string' || text.length > longestLink) return null;
  const match = /^rushes:\/\/([a-z]+)\/([A-Za-z0-9_-]{1,64})$/.exec(text);
  const kind = kinds.find((known) => known === match?.[1]);
  const id = match?.[2];
  return kind === undefined || id === undefined ? null : { kind, id };
}

/** Writes a link as `readLink` reads it. */
export function writeLink({ kind, id }: Link): string {
  return `rushes://${kind}/${id}`;
}

/** The page's own address of what a link names: the part behind `#`. */
export function linkRoute({ kind, id }: Link): string {
  return kind === 'clip' ? `/library?clip=${id}` : `/${kind}/${id}`;
}
