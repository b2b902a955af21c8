import { useState, type PointerEvent, type ReactNode } from 'react';
import type { ClipRow } from '../../../shared/contract/library.ts';
import { useCore } from '../lib/app-context.tsx';
import { frameAt, stripPosition } from '../lib/scrub.ts';
import { Poster } from './poster.tsx';

/** A clip's poster that shows the filmstrip under the pointer; `frame` shows one frame for the keyboard. */
export function ScrubPoster(props: {
  clip: ClipRow;
  frame?: number | null;
  children?: ReactNode;
}): ReactNode {
  const { media } = useCore();
  const { clip, frame: fixed = null } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const frames = clip.stripFrames;
  const frame = pointed ?? fixed;
  const scrub = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType === 'touch') return;
    const box = event.currentTarget.getBoundingClientRect();
    setPointed(frameAt(event.clientX - box.left, box.width, frames));
  };
  const strip = frames > 0 && frame !== null ? stripPosition(frame, frames) : null;
  return (
    <div
      className="scrub"
      {...(frames > 0 && { onPointerMove: scrub, onPointerLeave: () => setPointed(null) })}
    >
      <Poster src={clip.hasPoster ? media.poster(clip.id) : null}>
        {strip !== null && (
          <div
            className="scrub-strip"
            style={{
              backgroundImage: `url("${media.strip(clip.id)}")`,
              backgroundSize: strip.size,
              backgroundPosition: strip.position,
            }}
          >
            <div className="scrub-line" style={{ left: `${((frame ?? 0) + 0.5) * (100 / frames)}%` }} />
          </div>
        )}
        {props.children}
      </Poster>
    </div>
  );
}
