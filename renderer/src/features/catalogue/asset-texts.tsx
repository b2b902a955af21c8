import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import { hitLines } from '../../../../shared/domain/search/hit-lines.ts';
import { parseShotlist } from '../../../../shared/domain/shotlist.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ShotLines } from './shot-lines.tsx';

/** A text as lines with their offsets, or word for word as the source wrote it. */
function Lined(props: {
  title: string;
  field: 'shotlist' | 'transcript';
  text: string | null;
  open: boolean;
  durationMs: number | null;
  query: string;
}): ReactNode {
  const { text, title } = props;
  const [verbatim, setVerbatim] = useState(false);
  const box = useRef<HTMLDetailsElement>(null);
  // A heading says what the card is headed by.
  const lines = parseShotlist(text, { durationMs: props.durationMs }).lines.filter(
    ({ kind }) => kind !== 'heading',
  );
  const hits = props.query === '' ? [] : hitLines(lines, props.query, props.field);
  const marked = new Set(hits.map(({ line }) => line));
  const [first] = marked;
  useEffect(() => {
    if (first !== undefined) box.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'center' });
  }, [first]);
  if (text === null || text === '') return null;
  const timed = lines.some(({ atMs }) => atMs !== null);
  return (
    <details className="card asset-text" open={props.open || marked.size > 0} ref={box}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {verbatim || !timed ? (
        <div className="asset-verbatim">{text}</div>
      ) : (
        <ShotLines lines={lines} marked={marked} />
      )}
      <div className="row">
        <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
        {timed && (
          <Button small variant="quiet" onClick={() => setVerbatim(!verbatim)}>
            {verbatim ? 'Show as lines' : 'Show as written'}
          </Button>
        )}
      </div>
    </details>
  );
}

/** Synopsis, shotlist and transcript. `query` is what was searched for: its lines are shown and marked. */
export function AssetTexts({ asset, query }: { asset: AssetDetail; query: string }): ReactNode {
  const lead = asset.synopsis ?? asset.teaser;
  const { durationMs } = asset;
  return (
    <>
      {lead !== null && lead !== '' && <p className="asset-lead">{lead}</p>}
      <Lined
        title="Shotlist"
        field="shotlist"
        text={asset.shotlist}
        open
        durationMs={durationMs}
        query={query}
      />
      <Lined
        title="Transcript"
        field="transcript"
        text={asset.transcript}
        open={false}
        durationMs={durationMs}
        query={query}
      />
    </>
  );
}
