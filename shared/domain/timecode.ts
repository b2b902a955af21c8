/**
 * SMPTE 12M timecode. A timecode is an integer count of frames from 00:00:00:00; the text is only its label.
 * Rates are rational, so that 29.97 is 30000/1001 and never a decimal.
 */

/** Frames a second as a fraction. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** A rate and how its labels are counted. */
export interface TimecodeBase {
  readonly rate: FrameRate;
  /** Whether two (at 29.97) or four (at 59.94) labels a minute are skipped, every tenth minute excepted. */
  readonly dropFrame: boolean;
}

/** What a timecode text says, or why it says nothing. */
export type TimecodeReading =
  | { readonly ok: true; readonly frames: number; readonly dropFrame: boolean }
  | {
      readonly ok: false;
      readonly reason: 'syntax' | 'range' | 'dropped-label' | 'rate-has-no-drop-frame' | 'bad-rate';
    };

const timecodeShape = /^(\d{1,2})[:;.](\d{2})[:;.](\d{2})([:;.,])(\d{2,3})$/;

/** The whole number of frames that labels count in a second: 30 for 30000/1001. */
export function nominalRate(rate: FrameRate): number {
  return Math.round(rate.num / rate.den);
}

/** Whether the rate is one that can be counted drop-frame: 30000/1001 or 60000/1001 (or 29.97 and 59.94 written otherwise). */
export function canDropFrame(rate: FrameRate): boolean {
  const nominal = nominalRate(rate);
  if (nominal !== 30 && nominal !== 60) return false;
  return Math.abs(rate.num / rate.den - (nominal * 1000) / 1001) < 0.001;
}

/** Labels skipped at the start of a minute; 0 when nothing is dropped. */
function droppedEachMinute(base: TimecodeBase): number {
  return base.dropFrame && canDropFrame(base.rate) ? nominalRate(base.rate) / 15 : 0;
}

/** How many frames 24 hours of labels hold; counting starts again from there. */
export function framesInDay(base: TimecodeBase): number {
  const dropped = droppedEachMinute(base);
  return nominalRate(base.rate) * 86_400 - dropped * 9 * 6 * 24;
}

/** The label of a frame, `HH:MM:SS:FF`, with `;` before the frames when drop-frame. Wraps at 24 hours, both ways. */
export function formatTimecode(frames: number, base: TimecodeBase): string {
  const nominal = nominalRate(base.rate);
  const dropped = droppedEachMinute(base);
  const day = framesInDay(base);
  let count = ((Math.trunc(frames) % day) + day) % day;
  if (dropped > 0) {
    const inMinute = nominal * 60 - dropped;
    const inTenMinutes = inMinute * 10 + dropped;
    const tens = Math.floor(count / inTenMinutes);
    const rest = count % inTenMinutes;
    // The first minute of ten keeps all its labels; each of the other nine starts `dropped` labels later.
    const minutes = rest < dropped ? 0 : Math.floor((rest - dropped) / inMinute);
    count += dropped * (9 * tens + minutes);
  }
  const pad = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(count / nominal);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map(pad).join(':')}${dropped > 0 ? ';' : ':'}${pad(count % nominal)}`;
}

/**
 * Reads a timecode label at a rate. `;`, `.` or `,` before the frames means drop-frame.
 *
 * A label that drop-frame counting skips (00:01:00;00) is an error, not the frame beside it.
 */
export function parseTimecode(text: string, rate: FrameRate): TimecodeReading {
  const nominal = nominalRate(rate);
  if (!Number.isFinite(nominal) || nominal < 1 || nominal > 999) return { ok: false, reason: 'bad-rate' };
  const match = timecodeShape.exec(text.trim());
  if (match === null) return { ok: false, reason: 'syntax' };
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map(Number);
  const frame = Number(match[5]);
  const dropFrame = match[4] !== ':';
  if (hours > 23 || minutes > 59 || seconds > 59 || frame >= nominal) return { ok: false, reason: 'range' };
  if (dropFrame && !canDropFrame(rate)) return { ok: false, reason: 'rate-has-no-drop-frame' };
  const dropped = droppedEachMinute({ rate, dropFrame });
  const minuteOfDay = hours * 60 + minutes;
  if (seconds === 0 && frame < dropped && minutes % 10 !== 0) {
    return { ok: false, reason: 'dropped-label' };
  }
  const skipped = dropped * (minuteOfDay - Math.floor(minuteOfDay / 10));
  return { ok: true, frames: (minuteOfDay * 60 + seconds) * nominal + frame - skipped, dropFrame };
}

/** When a frame starts, in milliseconds of real time from frame 0. */
export function framesToMs(frames: number, rate: FrameRate): number {
  return (frames * 1000 * rate.den) / rate.num;
}

/** The frame that is on screen at a time, in milliseconds from frame 0. */
export function msToFrames(ms: number, rate: FrameRate): number {
  // A time that came from framesToMs may lie a rounding error before its frame.
  return Math.floor((ms * rate.num) / (1000 * rate.den) + 1e-6);
}
