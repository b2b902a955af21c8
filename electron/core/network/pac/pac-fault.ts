/** A proxy script that cannot be had or used; the message is one sentence. */
export class PacFault extends Error {
  override readonly name = 'PacFault';
}
