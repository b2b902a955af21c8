import { useEffect, useState } from 'react';
import type { ClipRow } from '../../../../shared/contract/library.ts';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { labelColours } from '../../lib/vocabulary.ts';
import { isTyping } from '../../ui/is-typing.ts';
import type { ClipChange, Tagging } from './use-tagging.ts';

/** The filmstrip frame that the keyboard shows, and of which clip. */
export interface KeyFrame {
  readonly id: string;
  readonly frame: number;
}

function changeFor(key: string): ClipChange | null {
  if (/^[0-5]$/.test(key)) return { rating: Number(key) };
  const label = /^[6-9]$/.test(key) ? labelColours[Number(key) - 6] : undefined;
  return label === undefined ? null : { label };
}

/** Keys on a clip: 0 to 5 rate, 6 to 9 label, comma and full stop step through the filmstrip, Ctrl+Z undoes. */
export function useClipKeys(tagging: Tagging, selected: readonly ClipId[]) {
  const [keyFrame, setKeyFrame] = useState<KeyFrame | null>(null);
  const { undo } = tagging;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  return {
    keyFrame,
    onKey: (key: string, clip: ClipRow): boolean => {
      if ((key === ',' || key === '.') && clip.stripFrames > 0) {
        const now = keyFrame?.id === clip.id ? keyFrame.frame : 0;
        const next = now + (key === '.' ? 1 : -1);
        setKeyFrame({ id: clip.id, frame: Math.min(clip.stripFrames - 1, Math.max(0, next)) });
        return true;
      }
      const change = changeFor(key);
      if (change === null) return false;
      tagging.apply(selected.length > 0 ? selected : [clip.id], change);
      return true;
    },
  };
}
