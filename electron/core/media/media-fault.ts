/**
 * Why a media job gave nothing: the tool is not there, it took too long, it (or we) would not open the file, it failed
 * on it, or nobody wants the result any more.
 */
export type MediaFaultKind = 'missing-tool' | 'timeout' | 'refused' | 'failed' | 'cancelled';

/** The one failure that media work ends in. `reason` is short technical text, never more than 500 characters. */
export class MediaFault extends Error {
  override readonly name = 'MediaFault';
  readonly kind: MediaFaultKind;
  readonly reason: string;

  constructor(kind: MediaFaultKind, reason: string) {
    const short = reason.slice(0, 500);
    super(`${kind}: ${short}`);
    this.kind = kind;
    this.reason = short;
  }
}
