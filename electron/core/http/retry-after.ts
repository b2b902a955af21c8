/**
 * Reads a Retry-After header: seconds or an HTTP date in any of its three forms, all of them in GMT. A date that has
 * passed is 0, anything unclear null.
 */
export function parseRetryAfterMs(text: string | undefined, nowMs: number): number | null {
  const value = text?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2} /.test(value)) return null;
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
