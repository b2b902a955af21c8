import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetRow } from '../../../../shared/contract/catalogue.ts';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatDay, formatDuration, formatNumber } from '../../lib/format.ts';
import { holdingText, StatusBadge, VersionBadge } from '../../ui/asset-badges.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { DownloadButton, type DownloadChoice } from '../../ui/download-button.tsx';
import { EmptyInspector, Inspector, InspectorPart } from '../../ui/inspector.tsx';
import { Poster } from '../../ui/poster.tsx';
import { releasedOf } from './released-of.ts';
import { RightsBox } from './rights-box.tsx';

/** The selected asset beside the list; several assets are counted. */
export function AssetInspector(props: {
  selected: readonly AssetRow[];
  downloads: ReadonlyMap<string, Download>;
  onDownload: (choice: DownloadChoice | null) => void;
  onClose: () => void;
}): ReactNode {
  const [first] = props.selected;
  if (first === undefined)
    return <EmptyInspector hint="Select an asset to see it here. Enter or a double click opens it." />;
  const released = releasedOf(props.selected).length;
  if (props.selected.length > 1)
    return (
      <Inspector label="Selection" onClose={props.onClose}>
        <h2>{formatCount(props.selected.length, 'asset')} selected</h2>
        <p className="muted">
          {formatDuration(props.selected.reduce((sum, asset) => sum + (asset.durationMs ?? 0), 0))} in all.
        </p>
        {released < props.selected.length && (
          <p className="small">
            The source has not released {formatNumber(props.selected.length - released)} of them; they will
            not be downloaded.
          </p>
        )}
        <DownloadButton
          primary
          label={`Download ${formatNumber(released)}`}
          disabled={released === 0}
          onDownload={props.onDownload}
        />
      </Inspector>
    );
  return (
    <Inspector label="Asset" onClose={props.onClose}>
      <OneAsset asset={first} download={props.downloads.get(first.id)} onDownload={props.onDownload} />
    </Inspector>
  );
}

function OneAsset(props: {
  asset: AssetRow;
  download: Download | undefined;
  onDownload: (choice: DownloadChoice | null) => void;
}): ReactNode {
  const { queries, media } = useCore();
  const { asset, download } = props;
  const detail = useQuery(queries.catalogue.get.queryOptions({ input: { id: asset.id } })).data;
  return (
    <>
      <Poster src={asset.hasPicture ? media.picture(asset.id) : null} />
      <div className="stack">
        <h2>{asset.title}</h2>
        <div className="row row-wrap">
          <VersionBadge kind={asset.versionKind} />
          <StatusBadge status={asset.status} />
        </div>
        <div className="row row-wrap">
          <ButtonLink to="/asset/$assetId" params={{ assetId: asset.id }} variant="primary">
            Open
          </ButtonLink>
          {asset.holding.clipId === null ? (
            <DownloadButton
              label={holdingText(asset, download) ?? 'Download'}
              disabled={asset.holding.state === 'downloading'}
              {...(detail !== undefined && { renditions: detail.renditions })}
              onDownload={props.onDownload}
            />
          ) : (
            <ButtonLink to="/library" search={{ clip: asset.holding.clipId }} icon={FolderOpen}>
              Open clip
            </ButtonLink>
          )}
        </div>
      </div>
      {detail?.synopsis && (
        <InspectorPart title="Synopsis">
          <p className="small">{detail.synopsis}</p>
        </InspectorPart>
      )}
      <InspectorPart title="Facts">
        <dl className="facts">
          <dt>Day</dt>
          <dd>{asset.day === null ? 'not known' : formatDay(asset.day)}</dd>
          <dt>Place</dt>
          <dd>{asset.place ?? 'not known'}</dd>
          {asset.eventTitle !== null && (
            <>
              <dt>Event</dt>
              <dd>{asset.eventTitle}</dd>
            </>
          )}
          {asset.durationMs !== null && (
            <>
              <dt>Duration</dt>
              <dd className="number">{formatDuration(asset.durationMs)}</dd>
            </>
          )}
        </dl>
      </InspectorPart>
      {detail !== undefined && <RightsBox rights={detail.rights} />}
    </>
  );
}
