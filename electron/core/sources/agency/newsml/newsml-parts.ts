import { oneLine } from '../../reading/words.ts';
import { offsetText, readTime, type Rate } from '../timing.ts';
import { codeOf, localCode } from './qcode.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

const hourMs = 3_600_000;

/**
 * The parts of a video as lines of a shotlist, in the order of their sequence. Offsets are counted from the start of the
 * clip by the frame rate of the rendition they were measured on; a part whose offset cannot be told has none.
 */
export function shotsOf(
  item: XmlNode,
  clip: { rates: ReadonlyMap<string, Rate>; durationMs: number | null },
): string[] {
  const parts = childrenOf(item, 'partMeta')
    .map((part, index) => ({ part, order: orderOf(part, index) }))
    .sort((a, b) => a.order - b.order)
    .flatMap(({ part }) => {
      const text = wordsOf(part);
      return text === null ? [] : [{ text, startMs: startOf(part, clip.rates) }];
    });
  const shiftMs = shiftOf(parts, clip.durationMs);
  return parts.map(({ text, startMs }) =>
    startMs === null ? text : `${offsetText(startMs - shiftMs)} ${text}`,
  );
}

function orderOf(part: XmlNode, index: number): number {
  const seq = Number(attributeOf(part, 'seq') ?? '');
  return attributeOf(part, 'seq') === null || Number.isNaN(seq) ? index + 1 : seq;
}

function wordsOf(part: XmlNode): string | null {
  const texts = [...childrenOf(part, 'headline'), ...childrenOf(part, 'description')].map((node) =>
    oneLine(textOf(node)),
  );
  return texts.filter((text) => text !== null).join(' – ') || null;
}

function startOf(part: XmlNode, rates: ReadonlyMap<string, Rate>): number | null {
  const limit = childOf(part, 'timeDelim');
  if (limit === null) return null;
  const unit = attributeOf(limit, 'timeunit');
  const reference = attributeOf(limit, 'renditionref');
  // Without a unit the standard means edit units.
  return readTime(
    attributeOf(limit, 'start'),
    unit === null ? 'editUnit' : localCode(unit),
    rateFor(reference, rates),
  );
}

/** The rate of the rendition that is meant; of the only rate there is when that one is not among them. */
function rateFor(reference: string | null, rates: ReadonlyMap<string, Rate>): Rate {
  const meant = reference === null ? undefined : rates.get(localCode(reference));
  if (meant !== undefined && meant.rateNum !== null) return meant;
  const known = [...rates.values()].filter(({ rateNum }) => rateNum !== null);
  const [first] = known;
  const isOne = known.every((one) => one.rateNum === first?.rateNum && one.rateDen === first?.rateDen);
  return first !== undefined && isOne ? first : { rateNum: null, rateDen: null };
}

/** Some count by the timecode of the tape, which begins at a full hour: what lies behind the end is shifted back. */
function shiftOf(parts: readonly { startMs: number | null }[], durationMs: number | null): number {
  const first = Math.min(...parts.flatMap(({ startMs }) => (startMs === null ? [] : [startMs])));
  if (!Number.isFinite(first) || first < hourMs || (durationMs !== null && first < durationMs)) return 0;
  return Math.floor(first / hourMs) * hourMs;
}

/** The role of a text in its code, so that `drol:shotlist` and `descrole:shotlist` are one. */
export function roleOf(node: XmlNode): string | null {
  const role = attributeOf(node, 'role');
  return role === null ? codeOf(node) : localCode(role);
}
