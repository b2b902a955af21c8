import type { ReactNode } from 'react';
import type { ShotLine } from '../../../../shared/domain/shotlist.ts';
import { formatDuration } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import './shot-lines.css';

const kindNames: Partial<Record<ShotLine['kind'], string>> = {
  soundbite: 'Soundbite',
  voiceover: 'Voice-over',
  'text-on-screen': 'Text on screen',
  upsot: 'Upsot',
  courtesy: 'Courtesy',
};

/** The lines of a shotlist or transcript, each with its offset into the clip; what was searched for is marked. */
export function ShotLines(props: { lines: readonly ShotLine[]; marked: ReadonlySet<number> }): ReactNode {
  return (
    <ol className="shots">
      {props.lines.map((line, index) => (
        <li
          // Lines have no name of their own and never move.
          key={index}
          className={props.marked.has(index) ? 'shot shot-marked' : 'shot'}
          {...(props.marked.has(index) && { 'data-marked': true })}
        >
          <span
            className="shot-time mono"
            title={line.atMs === null ? 'No time was given' : 'Offset into the clip'}
          >
            {line.atMs === null ? '' : formatDuration(line.atMs)}
          </span>
          <span className="shot-words">
            {kindNames[line.kind] !== undefined && <Badge>{kindNames[line.kind]}</Badge>}{' '}
            {line.speaker !== null && (
              <strong>
                {line.speaker}
                {line.role === null ? '' : `, ${line.role}`}
                {line.language === null ? '' : ` (${line.language})`}:{' '}
              </strong>
            )}
            {line.quote ?? line.text}
            {line.sound === 'mute' && <span className="muted"> · no sound</span>}
            {line.credit !== null && line.kind !== 'courtesy' && (
              <span className="field-note"> Courtesy: {line.credit}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
