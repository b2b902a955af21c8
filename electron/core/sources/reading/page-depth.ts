/**
 * Elements that may lie in one another unclosed: the parser takes the square of it, a minute for a page of a megabyte.
 * Pages for people have some hundreds, and thousands where they leave out what closes a line of a table.
 */
const mostDepth = 20_000;

/**
 * Elements and attributes of one page. It is parsed in one go, and all else waits for it: these take a fifth of a
 * second. Pages for people have some ten thousand.
 */
const mostParts = 80_000;

/** Elements that hold nothing. */
const single = new Set(
  'area base br col embed hr img input link meta param source track wbr path'.split(' '),
);

/** Why a page is none to be parsed, in a sentence, told by its tags and without parsing it; null when it is one. */
export function tooMuchMarkup(html: string, most = { depth: mostDepth, parts: mostParts }): string | null {
  let depth = 0;
  let parts = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = readTag(html, at);
    parts += 1 + tag.attributes;
    if (parts > most.parts) return `The page has more than ${most.parts} elements and attributes.`;
    if (tag.isClosing) depth = Math.max(0, depth - 1);
    else if (tag.name !== '' && tag.name !== 'script' && !single.has(tag.name) && ++depth > most.depth) {
      return 'The elements of the page lie too deep in one another.';
    }
    at = tag.name === 'script' && !tag.isClosing ? endOfScript(html, tag.end) : tag.end;
  }
  return null;
}

interface ScannedTag {
  readonly name: string;
  readonly isClosing: boolean;
  readonly attributes: number;
  readonly end: number;
}

const opening = /<(\/?)([a-z][a-z\d-]*)/iy;
/** An attribute with its value, or what ends the tag. */
const attribute = /\s*(?:(>)|(\/)|[^\s"'>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|["'=])/y;

function readTag(html: string, from: number): ScannedTag {
  opening.lastIndex = from;
  const found = opening.exec(html);
  if (found === null) return { name: '', isClosing: false, attributes: 0, end: from + 1 };
  const name = found[2]?.toLowerCase() ?? '';
  let attributes = 0;
  let end = opening.lastIndex;
  for (;;) {
    attribute.lastIndex = end;
    const next = attribute.exec(html);
    if (next === null) break;
    end = attribute.lastIndex;
    if (next[1] !== undefined || attributes > mostParts) break;
    if (next[2] === undefined) attributes++;
  }
  return { name, isClosing: found[1] === '/', attributes, end };
}

/** Behind a script, whose comparisons look like tags; one that is never closed is looked through like anything else. */
function endOfScript(html: string, from: number): number {
  const end = html.indexOf('</script', from);
  return end < 0 ? from : end;
}
