import { Info } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClipDetail } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import { ScrubPoster } from '../../ui/scrub-poster.tsx';

function unplayable({ videoCodec, stripFrames }: ClipDetail): string {
  const format = videoCodec === null ? 'This file' : `This format (${videoCodec})`;
  return `${format} cannot be played here${stripFrames > 0 ? '; the filmstrip can be scrubbed' : ''}.`;
}

/** Plays the clip, or shows its picture and says why it cannot be played here. */
export function ClipPlayer({ clip }: { clip: ClipDetail }): ReactNode {
  const { media } = useCore();
  const [failed, setFailed] = useState(false);
  if (clip.playable && !clip.missing && !failed)
    return (
      <div className="poster">
        <video
          key={clip.id}
          aria-label={`Player of ${clip.title}`}
          src={media.clip(clip.id)}
          {...(clip.hasPoster && { poster: media.poster(clip.id) })}
          controls
          preload="metadata"
          onError={() => setFailed(true)}
        />
      </div>
    );
  const why = clip.missing
    ? 'The file is not reachable at the moment.'
    : failed
      ? 'The player could not open the file.'
      : unplayable(clip);
  return (
    <>
      <ScrubPoster clip={clip} />
      <p className="field-note row">
        <Info size={14} aria-hidden />
        {why}
      </p>
    </>
  );
}
