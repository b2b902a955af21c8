/** What a media address names. `id` is opaque: a clip's or an asset's, never a path. */
export interface MediaPath {
  readonly kind: 'poster' | 'strip' | 'clip' | 'picture';
  readonly id: string;
}

const kinds = ['poster', 'strip', 'clip', 'picture'] as const;

/**
 * Reads `/<kind>/<id>`. Null for anything else: percent signs, dots, empty or further parts and long ids have no place
 * in it, so nothing that could name a file gets through.
 */
export function parseMediaPath(pathname: string): MediaPath | null {
  const match = /^\/([a-z]+)\/([A-Za-z0-9_-]{1,64})$/.exec(pathname);
  const kind = kinds.find((known) => known === match?.[1]);
  const id = match?.[2];
  return kind === undefined || id === undefined ? null : { kind, id };
}
