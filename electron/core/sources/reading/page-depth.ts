/**
 * Elements that may lie in one another unclosed: the parser takes the square of it, a minute for a page of a megabyte.
 * Pages for people have some hundreds, and thousands where they leave out what closes a line of a table.
 */
const mostDepth = 20_000;

/** Elements that hold nothing. */
const single = new Set(
  'area base br col embed hr img input link meta param source track wbr path'.split(' '),
);

/** Whether the elements of a page lie too deep in one another for it to be parsed. Told by its tags, without parsing it. */
export function isTooDeep(html: string): boolean {
  const tag = /<(\/?)([a-z][a-z\d-]*)/gi;
  let depth = 0;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    const name = found[2]?.toLowerCase() ?? '';
    if (found[1] === '/') depth = Math.max(0, depth - 1);
    else if (name === 'script') tag.lastIndex = endOfScript(html, tag.lastIndex);
    else if (!single.has(name) && ++depth > mostDepth) return true;
  }
  return false;
}

/** Behind a script, whose comparisons look like tags; one that is never closed is looked through like anything else. */
function endOfScript(html: string, from: number): number {
  const end = html.indexOf('</script', from);
  return end < 0 ? from : end;
}
