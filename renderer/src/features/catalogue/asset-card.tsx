import type { ReactNode } from 'react';
import type { AssetRow } from '../../../../shared/contract/catalogue.ts';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatDay, formatDuration, percentOf } from '../../lib/format.ts';
import { HoldingIcon, holdingText, StatusBadge, VersionBadge } from '../../ui/asset-badges.tsx';
import type { Column } from '../../ui/grid-types.ts';
import { Poster } from '../../ui/poster.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** An asset in the grid. The words come first, so that a screen reader begins with the title. */
export function AssetCard(props: { asset: AssetRow; download: Download | undefined }): ReactNode {
  const { media } = useCore();
  const { asset, download } = props;
  const mark = holdingText(asset, download);
  return (
    <>
      <div className="card-text">
        <div className="card-title" title={asset.title}>
          {asset.title}
        </div>
        <div className="card-meta">
          <span className="number card-day">{asset.day === null ? 'No day' : formatDay(asset.day)}</span>
          {asset.place !== null && asset.place !== '' && <span className="truncate">· {asset.place}</span>}
        </div>
        <div className="card-badges">
          <VersionBadge kind={asset.versionKind} />
          <StatusBadge status={asset.status} />
        </div>
      </div>
      <Poster src={asset.hasPicture ? media.picture(asset.id) : null}>
        {mark !== null && (
          <span className="poster-mark number">
            <HoldingIcon held={download === undefined && asset.holding.state === 'held'} />
            {mark}
          </span>
        )}
        {asset.durationMs !== null && (
          <span className="poster-duration">{formatDuration(asset.durationMs)}</span>
        )}
        {download !== undefined && (
          <div className="poster-progress" aria-hidden>
            <ProgressBar
              label={`Download of ${asset.title}`}
              percent={percentOf(download.bytes, download.sizeBytes)}
              tone={download.state === 'running' ? 'plain' : 'quiet'}
            />
          </div>
        )}
      </Poster>
    </>
  );
}

/** The columns of the catalogue as a table. */
export function assetColumns(downloads: ReadonlyMap<string, Download>): readonly Column<AssetRow>[] {
  return [
    {
      key: 'day',
      title: 'Day',
      width: '92px',
      render: (asset) => <span className="number">{asset.day === null ? '–' : formatDay(asset.day)}</span>,
    },
    {
      key: 'title',
      title: 'Title',
      width: 'minmax(200px, 3fr)',
      render: (asset) => <strong>{asset.title}</strong>,
    },
    {
      key: 'event',
      title: 'Event',
      width: 'minmax(80px, 1.4fr)',
      render: (asset) => asset.eventTitle ?? '–',
    },
    { key: 'place', title: 'Place', width: 'minmax(70px, 1fr)', render: (asset) => asset.place ?? '–' },
    {
      key: 'version',
      title: 'Version',
      width: '96px',
      render: (asset) => <VersionBadge kind={asset.versionKind} />,
    },
    {
      key: 'status',
      title: 'Status',
      width: '110px',
      render: (asset) => <StatusBadge status={asset.status} />,
    },
    {
      key: 'here',
      title: 'Here',
      width: '128px',
      render: (asset) => <span className="number">{holdingText(asset, downloads.get(asset.id)) ?? '–'}</span>,
    },
    {
      key: 'duration',
      title: 'Duration',
      width: '72px',
      end: true,
      render: (asset) => (
        <span className="number">{asset.durationMs === null ? '–' : formatDuration(asset.durationMs)}</span>
      ),
    },
  ];
}
