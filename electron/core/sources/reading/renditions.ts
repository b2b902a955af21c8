import type { SourceRendition } from '../source-model.ts';
import { sameAddress } from './addresses.ts';

const blank: Omit<SourceRendition, 'externalId' | 'fileName'> = {
  medium: 'video',
  role: 'file',
  mediaType: null,
  container: null,
  videoCodec: null,
  audioCodec: null,
  width: null,
  height: null,
  rateNum: null,
  rateDen: null,
  scan: null,
  startTimecode: null,
  bitrate: null,
  sizeBytes: null,
  aboutBytes: null,
  durationMs: null,
  language: null,
  hash: null,
  etag: null,
  address: null,
};

/** A rendition of which some facts are told; of all others it is not known. */
export function aRendition(
  facts: Partial<SourceRendition> & Pick<SourceRendition, 'externalId' | 'fileName'>,
): SourceRendition {
  return { ...blank, ...facts };
}

/** Some sources claim the size of the original for every file, thumbnails included: then it is nobody's exact size. */
export function distrustSizes(renditions: readonly SourceRendition[]): SourceRendition[] {
  const claims = new Map<number, number>();
  for (const { sizeBytes } of renditions) {
    if (sizeBytes !== null) claims.set(sizeBytes, (claims.get(sizeBytes) ?? 0) + 1);
  }
  return renditions.map((rendition) => {
    const { sizeBytes, aboutBytes } = rendition;
    if (sizeBytes === null || (claims.get(sizeBytes) ?? 0) < 2) return rendition;
    return { ...rendition, sizeBytes: null, aboutBytes: aboutBytes ?? sizeBytes };
  });
}

/** The same file told twice (as enclosure and as media:content) once, with what either of them says. */
export function withoutDoubles(renditions: readonly SourceRendition[]): SourceRendition[] {
  const byFile = new Map<string, SourceRendition>();
  for (const rendition of renditions) {
    const key = rendition.address === null ? `id:${rendition.externalId}` : sameAddress(rendition.address);
    const known = byFile.get(key);
    byFile.set(key, known ? filled(known, rendition) : rendition);
  }
  return [...byFile.values()];
}

/** The first one's facts, and the other's where it has none. */
function filled(first: SourceRendition, other: SourceRendition): SourceRendition {
  const facts = Object.entries(other).filter(
    ([name, value]) => value !== null && first[name as keyof SourceRendition] === null,
  );
  const both = { ...first, ...Object.fromEntries(facts) };
  return both.role === blank.role && other.role !== blank.role ? { ...both, role: other.role } : both;
}
