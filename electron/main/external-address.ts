const longestAddress = 2048;

/** An address that may be handed to the browser: https, with a host, without a name or password in it. */
export function readExternalAddress(text: string): URL | null {
  // The parser drops tabs and line ends, so what a person confirms would not be what was written.
  if (text.length > longestAddress || /[\s\p{Cc}]/u.test(text)) return null;
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.hostname === '') return null;
  return url.username === '' && url.password === '' ? url : null;
}
