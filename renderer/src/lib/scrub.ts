/** The frame of a filmstrip under a pointer; the left edge is the beginning. */
export function frameAt(x: number, width: number, frames: number): number {
  if (frames <= 1 || width <= 0) return 0;
  return Math.min(frames - 1, Math.max(0, Math.floor((x / width) * frames)));
}

/** Where a strip of frames side by side must lie as a background to show one of them. */
export function stripPosition(frame: number, frames: number): { size: string; position: string } {
  const position = frames <= 1 ? 0 : (frame / (frames - 1)) * 100;
  return { size: `${Math.max(1, frames) * 100}% 100%`, position: `${position}% 0` };
}
