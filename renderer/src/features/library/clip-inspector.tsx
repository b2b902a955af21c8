import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ClipRow } from '../../../../shared/contract/library.ts';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes, formatCount, formatDuration } from '../../lib/format.ts';
import { Loading } from '../../ui/empty-state.tsx';
import { EmptyInspector, Inspector, InspectorPart } from '../../ui/inspector.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { NoticeNotes } from '../../ui/notice-notes.tsx';
import { CheckRunLine } from './check-run-line.tsx';
import { ClipEvidence, ClipFacts } from './clip-facts.tsx';
import { ClipPlayer } from './clip-player.tsx';
import { ClipProof } from './clip-proof.tsx';
import { ClipSteps } from './clip-steps.tsx';
import { TagEditor } from './tag-editor.tsx';
import { VerifyButton } from './verify-button.tsx';
import type { Tagging } from './use-tagging.ts';

function OneClip(props: { id: ClipId; tagging: Tagging }): ReactNode {
  const { queries } = useCore();
  const clip = useQuery({
    ...queries.library.get.queryOptions({ input: { id: props.id } }),
    // While the next clip is read the last one stays, so that arrowing through a list does not flicker.
    placeholderData: (previous) => previous,
  });
  if (clip.data === undefined)
    return clip.error === null ? <Loading label="Reading the clip…" /> : <ErrorNote error={clip.error} />;
  return (
    <>
      <NoticeNotes clipId={clip.data.id} />
      <ClipPlayer key={clip.data.id} clip={clip.data} />
      <div className="stack">
        <div>
          <h2>{clip.data.title}</h2>
          <p className="mono muted clip-file">{clip.data.fileName}</p>
        </div>
        <ClipSteps clip={clip.data} />
      </div>
      <InspectorPart title="Tags">
        <TagEditor clips={[clip.data]} tagging={props.tagging} />
      </InspectorPart>
      <ClipEvidence clip={clip.data} />
      <ClipProof clip={clip.data} />
      <ClipFacts clip={clip.data} />
    </>
  );
}

/** The selected clip with everything that can be done to it; several clips are edited together. */
export function ClipInspector(props: {
  ids: ReadonlySet<string>;
  rows: readonly ClipRow[];
  tagging: Tagging;
  onClose: () => void;
}): ReactNode {
  const { ids, rows, tagging } = props;
  const [only] = ids;
  if (only === undefined)
    return (
      <EmptyInspector hint="Select a clip to play and tag it here. Several clips are tagged together." />
    );
  if (ids.size === 1)
    return (
      <Inspector label="Clip" onClose={props.onClose}>
        <OneClip id={only as ClipId} tagging={tagging} />
      </Inspector>
    );
  const bytes = rows.reduce((sum, clip) => sum + clip.sizeBytes, 0);
  const ms = rows.reduce((sum, clip) => sum + (clip.durationMs ?? 0), 0);
  return (
    <Inspector label="Selection" onClose={props.onClose}>
      <div>
        <h2>{formatCount(rows.length, 'clip')} selected</h2>
        <p className="muted small number">
          {formatDuration(ms)} · {formatBytes(bytes)}
        </p>
      </div>
      <InspectorPart title="Tags">
        <TagEditor clips={rows} tagging={tagging} />
      </InspectorPart>
      <InspectorPart title="Integrity">
        <p className="muted small">
          Reads every byte of the selected clips and compares it with what it was.
        </p>
        <div className="row">
          <VerifyButton ids={rows.map((clip) => clip.id)} />
        </div>
        <CheckRunLine />
      </InspectorPart>
    </Inspector>
  );
}
