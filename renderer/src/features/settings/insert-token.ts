/** A text with a token put where the caret was, in place of what was marked, and where the caret goes then. */
export function insertToken(
  text: string,
  token: string,
  marked: { readonly start: number; readonly end: number },
): { readonly text: string; readonly caret: number } {
  const braced = `{${token.replace(/^\{|\}$/g, '')}}`;
  const start = Math.min(marked.start, text.length);
  return {
    text: `${text.slice(0, start)}${braced}${text.slice(Math.min(marked.end, text.length))}`,
    caret: start + braced.length,
  };
}
