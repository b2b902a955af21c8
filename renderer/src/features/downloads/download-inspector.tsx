import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatBytes, formatCount, formatSpeed, formatTime } from '../../lib/format.ts';
import type { DownloadTab } from '../../lib/search-params.ts';
import { sharedValue } from '../../lib/selection.ts';
import { downloadStateNames } from '../../lib/vocabulary.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyInspector, Inspector, InspectorPart } from '../../ui/inspector.tsx';
import { VerifiedBadge } from '../../ui/verified-badge.tsx';
import { DeadlineField, PriorityField, RateField } from '../../ui/wish-fields.tsx';
import { isQueued, verbsFor, type DownloadActions, type DownloadVerb } from './download-actions.ts';
import { DownloadAttempts } from './download-attempts.tsx';
import { DownloadTechnical } from './download-technical.tsx';
import { verbLooks } from './download-verbs.tsx';
import { OtherFolder } from './other-folder.tsx';
import { StateWords } from './download-words.tsx';
import { sizeWords, timeLeft } from './size-words.ts';

interface InspectorProps {
  readonly tab: DownloadTab;
  readonly selected: readonly Download[];
  readonly actions: DownloadActions;
  readonly onVerb: (verb: DownloadVerb, downloads: readonly Download[]) => void;
  readonly onClose: () => void;
}

const hints: Readonly<Record<DownloadTab, string>> = {
  active: 'Select a download to see its history, and to set its limit and deadline.',
  done: 'Select a download to see where it came from, its history and its clip.',
  failed: 'Select a download to see why it failed, and to try it again.',
  all: 'Select a download to see its facts and its history.',
};

const verbOrder = ['resume', 'retry', 'pause', 'cancel', 'forget'] as const;

/** The selected download with its history and its wishes; several are changed together. */
export function DownloadInspector(props: InspectorProps): ReactNode {
  const { selected, onClose } = props;
  const [only] = selected;
  if (only === undefined) return <EmptyInspector hint={hints[props.tab]} />;
  if (selected.length > 1)
    return (
      <Inspector label="Selection" onClose={onClose}>
        <Several {...props} />
      </Inspector>
    );
  return (
    <Inspector label="Download" onClose={onClose}>
      <div className="stack">
        <h2>{only.title}</h2>
        <p className="small">
          <StateWords download={only} />
        </p>
        {only.state === 'complete' && only.verified !== null && (
          <div className="row">
            <VerifiedBadge verified={only.verified} />
          </div>
        )}
        <Verbs {...props} />
        <OtherFolder key={only.id} download={only} actions={props.actions} />
      </div>
      <Wishes {...props} />
      <InspectorPart title="Facts">
        <Facts download={only} />
      </InspectorPart>
      <DownloadAttempts id={only.id} />
      <DownloadTechnical download={only} />
    </Inspector>
  );
}

/** The verbs of a selection: each for those to which it applies, with their number where that is not all. */
function Verbs({ selected, onVerb, actions }: InspectorProps): ReactNode {
  const [only] = selected;
  return (
    <div className="row row-wrap">
      {selected.length === 1 && only?.clipId != null && (
        <ButtonLink to="/library" search={{ clip: only.clipId }} small icon={FolderOpen}>
          Open clip
        </ButtonLink>
      )}
      {verbOrder.map((verb) => {
        const meant = selected.filter((download) => verbsFor(download).includes(verb));
        if (meant.length === 0) return null;
        return (
          <Button
            key={verb}
            small
            icon={verbLooks[verb].icon}
            variant={verb === 'cancel' ? 'danger' : 'plain'}
            disabled={actions.busy}
            onClick={() => onVerb(verb, meant)}
          >
            {verbLooks[verb].label}
            {meant.length < selected.length && ` ${meant.length}`}
          </Button>
        );
      })}
    </div>
  );
}

function Wishes({ selected, actions }: InspectorProps): ReactNode {
  const open = selected.filter(isQueued);
  const [first] = open;
  if (first === undefined) return null;
  const ids = open.map((download) => download.id);
  const priority = sharedValue(
    open.map((download) => download.priority),
    first.priority,
  );
  const rate = sharedValue(
    open.map((download) => download.maxRate),
    first.maxRate,
  );
  const deadline = sharedValue(
    open.map((download) => download.neededByMs),
    first.neededByMs,
  );
  return (
    <InspectorPart title="Options">
      <PriorityField
        value={priority.kind === 'same' ? priority.value : null}
        onChange={(next) => actions.change(ids, { priority: next })}
      />
      <RateField
        // Another selection begins with its own values.
        key={`rate ${ids.join()}`}
        label="Limit in MB/s"
        {...(rate.kind === 'mixed' && { hint: 'They differ now; a value is set for all of them.' })}
        value={rate.kind === 'same' ? rate.value : null}
        onChange={(maxRate) => actions.change(ids, { maxRate })}
      />
      <DeadlineField
        key={`deadline ${ids.join()}`}
        value={deadline.kind === 'same' ? deadline.value : null}
        onChange={(neededByMs) => actions.change(ids, { neededByMs })}
      />
    </InspectorPart>
  );
}

function Several(props: InspectorProps): ReactNode {
  const { selected } = props;
  const bytes = selected.reduce((sum, download) => sum + download.bytes, 0);
  const size = selected.reduce((sum, download) => sum + (download.sizeBytes ?? download.bytes), 0);
  return (
    <>
      <div className="stack">
        <div>
          <h2>{formatCount(selected.length, 'download')} selected</h2>
          <p className="muted small number">
            {formatBytes(bytes)} of {formatBytes(size)}
          </p>
        </div>
        <Verbs {...props} />
      </div>
      <Wishes {...props} />
    </>
  );
}

function Facts({ download }: { download: Download }): ReactNode {
  const facts: readonly (readonly [string, string | null])[] = [
    ['State', downloadStateNames[download.state]],
    ['Size', sizeWords(download)],
    ['Speed', download.bytesPerSecond === null ? null : formatSpeed(download.bytesPerSecond)],
    ['Time left', timeLeft(download)],
    ['Connections', download.connections > 0 ? String(download.connections) : null],
    ['From', download.host],
    ['Added', formatTime(download.createdAtMs)],
    ['Ended', download.finishedAtMs === null ? null : formatTime(download.finishedAtMs)],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="shortcut">
              <dt>{name}</dt>
              <dd className="number">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
