import { Link } from '@tanstack/react-router';
import { FolderSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClipDetail } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import {
  formatBitrate,
  formatBytes,
  formatDay,
  formatDuration,
  formatRate,
  formatTime,
} from '../../lib/format.ts';
import { evidenceFields, evidenceRules } from '../../lib/vocabulary.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { InspectorPart } from '../../ui/inspector.tsx';
import { VerifiedBadge } from '../../ui/verified-badge.tsx';

function pictureFacts(clip: ClipDetail): string {
  return [
    clip.width !== null && clip.height !== null ? `${clip.width} × ${clip.height}` : '',
    clip.rateNum !== null && clip.rateDen !== null ? formatRate(clip.rateNum, clip.rateDen) : '',
    clip.scan ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What the file is, where it lies and where it came from. */
export function ClipFacts({ clip }: { clip: ClipDetail }): ReactNode {
  const { shell } = useCore();
  const { provenance } = clip;
  const rate =
    clip.durationMs === null || clip.durationMs === 0 ? null : (clip.sizeBytes * 8000) / clip.durationMs;
  return (
    <>
      <InspectorPart title="Facts">
        <dl className="facts">
          <dt>Timecode</dt>
          <dd className="mono">
            {clip.startTimecode ?? 'none in the file'}
            {clip.dropFrame === true && ' (drop-frame)'}
          </dd>
          <dt>Duration</dt>
          <dd className="number">
            {clip.durationMs === null ? 'not known' : formatDuration(clip.durationMs)}
          </dd>
          <dt>Picture</dt>
          <dd className="number">{pictureFacts(clip) || 'not known'}</dd>
          <dt>Format</dt>
          <dd>{[clip.container, clip.videoCodec].filter(Boolean).join(' / ') || 'not known'}</dd>
          <dt>Size</dt>
          <dd className="number">
            {formatBytes(clip.sizeBytes)}
            {rate !== null && <span className="muted"> ({formatBitrate(rate)})</span>}
          </dd>
          {clip.streams.length > 0 && (
            <>
              <dt>Streams</dt>
              <dd>
                <ul>
                  {clip.streams.map((stream, index) => (
                    <li key={index}>
                      {stream.kind} {stream.codec ?? ''} <span className="muted">{stream.detail}</span>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
        </dl>
      </InspectorPart>
      <InspectorPart title="File">
        <ul className="stack clip-places">
          {clip.places.map((place) => (
            <li key={place.path} className="mono">
              {place.path} {!place.present && <Badge tone="warn">Not reachable</Badge>}
            </li>
          ))}
        </ul>
        <div className="row row-wrap">
          {shell !== null && (
            <Button small icon={FolderSearch} onClick={() => void shell.revealClip(clip.id)}>
              Show in folder
            </Button>
          )}
          {clip.path !== null && <CopyButton text={clip.path} label="Copy path" />}
        </div>
        {provenance !== null && (
          <dl className="facts">
            <dt>From</dt>
            <dd>{provenance.sourceName ?? provenance.url ?? 'an address'}</dd>
            <dt>Downloaded</dt>
            <dd>{formatTime(provenance.downloadedAtMs)}</dd>
            <dt>Proof</dt>
            <dd>
              <VerifiedBadge verified={provenance.verified} />
            </dd>
          </dl>
        )}
        {clip.assetId !== null && (
          <Link to="/asset/$assetId" params={{ assetId: clip.assetId }} className="small">
            Open in the catalogue
          </Link>
        )}
      </InspectorPart>
      {clip.rights !== null && (clip.rights.creditLine !== null || clip.rights.usageText !== null) && (
        <InspectorPart title="Rights">
          {clip.rights.thirdParty !== null && (
            <p className="small">
              <strong>Holds third-party material:</strong> {clip.rights.thirdParty}
            </p>
          )}
          {clip.rights.creditLine !== null && (
            <div className="row row-wrap">
              <span className="small">{clip.rights.creditLine}</span>
              <CopyButton text={clip.rights.creditLine} label="Copy credit line" />
            </div>
          )}
          {clip.rights.usageText !== null && <p className="field-note">{clip.rights.usageText}</p>}
        </InspectorPart>
      )}
    </>
  );
}

/** Why values were filled by themselves: the rule and the words it read. */
export function ClipEvidence({ clip }: { clip: ClipDetail }): ReactNode {
  if (clip.evidence.length === 0) return null;
  return (
    <InspectorPart title="Filled by itself">
      <ul className="stack evidence">
        {clip.evidence.map((item) => (
          <li key={`${item.field} ${item.value} ${item.rule}`} className="small">
            <strong>{evidenceFields[item.field] ?? item.field}</strong>:{' '}
            {item.field === 'day' ? formatDay(item.value) : item.value}
            <span className="field-note evidence-why">
              {evidenceRules[item.rule] ?? item.rule}, {Math.round(item.confidence * 100)} % sure, from “
              {item.sourceText}”
            </span>
          </li>
        ))}
      </ul>
    </InspectorPart>
  );
}
