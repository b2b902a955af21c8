/** A frame rate as a fraction, frames a second. */
export interface Rate {
  readonly rateNum: number | null;
  readonly rateDen: number | null;
}

/**
 * A time of NewsML-G2 in milliseconds, by its unit; null when the unit needs a frame rate that is not known or the
 * text is none. Edit units of video are its frames.
 */
export function readTime(text: string | null, unit: string | null, rate: Rate): number | null {
  const value = text?.trim() ?? '';
  if (value === '') return null;
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)(?:[:;](\d{1,3}))?$/.exec(value);
  if (clock !== null) return clockMs(clock, rate);
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || !Number.isFinite(number)) return null;
  switch ((unit ?? '').toLowerCase()) {
    case 'editunit':
    case 'frames':
      return framesMs(number, rate);
    case 'milliseconds':
      return Math.round(number);
    case 'minutes':
      return Math.round(number * 60_000);
    case 'seconds':
    case 'normalplaytime':
      return Math.round(number * 1000);
    default:
      return null;
  }
}

function framesMs(frames: number, { rateNum, rateDen }: Rate): number | null {
  return rateNum === null || rateDen === null || rateNum <= 0
    ? null
    : Math.round((frames * 1000 * rateDen) / rateNum);
}

/** `hh:mm:ss`, with a fraction or with frames behind it; frames without a rate are left off. */
function clockMs(parts: RegExpExecArray, rate: Rate): number {
  const [, hours = '0', minutes = '0', seconds = '0', frames] = parts;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1000);
  return whole + (frames === undefined ? 0 : (framesMs(Number(frames), rate) ?? 0));
}

/** An offset into a clip as a shotlist writes it: `00:05`, from an hour on `1:00:05`. */
export function offsetText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const short = `${two(minutes % 60)}:${two(seconds % 60)}`;
  return minutes < 60 ? short : `${Math.floor(minutes / 60)}:${short}`;
}
