/**
 * The headers a key is sent with. Agencies differ, so the key may name its header (`X-Api-Key: abc`); a mere key is a
 * bearer's token.
 */
export function keyHeaders(key: string): Record<string, string> {
  const named = /^([A-Za-z][A-Za-z\d-]{0,60}):\s*(\S[^\r\n]*)$/.exec(key.trim());
  const [, name, value] = named ?? [];
  return name === undefined || value === undefined
    ? { authorization: `Bearer ${key.trim()}` }
    : { [name.toLowerCase()]: value };
}
