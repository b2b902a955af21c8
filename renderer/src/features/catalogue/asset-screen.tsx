import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ExternalLink, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import type { AssetId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes, percentOf } from '../../lib/format.ts';
import { versionNames } from '../../lib/vocabulary.ts';
import { holdingText, StatusBadge, VersionBadge } from '../../ui/asset-badges.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { DownloadButton, type DownloadChoice } from '../../ui/download-button.tsx';
import { useDownloadStart } from '../../ui/download-start.tsx';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { NoticeNotes } from '../../ui/notice-notes.tsx';
import { Poster } from '../../ui/poster.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useDownloadsByAsset } from '../../ui/use-active-downloads.ts';
import './asset-screen.css';
import { AssetFacts } from './asset-facts.tsx';
import { AssetStanding, AssetTwins } from './asset-standing.tsx';
import { AssetTexts } from './asset-texts.tsx';
import { RenditionsTable } from './renditions-table.tsx';
import { RightsBox } from './rights-box.tsx';

const route = getRouteApi('/asset/$assetId');

function Holding({ asset }: { asset: AssetDetail }): ReactNode {
  const download = useDownloadsByAsset().get(asset.id);
  if (download !== undefined)
    return (
      <div className="stack">
        <Link to="/downloads" search={{ tab: 'active' }} className="small number">
          {holdingText(asset, download)}
          {download.sizeBytes === null ? '' : ` (${formatBytes(download.sizeBytes)})`}
        </Link>
        <ProgressBar
          label={`Download of ${asset.title}`}
          percent={percentOf(download.bytes, download.sizeBytes)}
          tone={download.state === 'running' ? 'plain' : 'quiet'}
        />
      </div>
    );
  if (asset.holding.clipId === null) return null;
  return (
    <Note tone="ok">
      <p>
        <strong>We have this.</strong>{' '}
        <Link to="/library" search={{ clip: asset.holding.clipId }}>
          Open the clip
        </Link>
      </p>
    </Note>
  );
}

function Versions({ asset }: { asset: AssetDetail }): ReactNode {
  if (asset.versions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="versions">
      <h3 id="versions">Versions of this story</h3>
      <ul className="stack asset-versions">
        {asset.versions.map((version) => (
          <li key={version.id}>
            {version.id === asset.id ? (
              <span aria-current="true">
                <Badge tone="info">{versionNames[version.versionKind]}</Badge> this one
              </span>
            ) : (
              <Link to="/asset/$assetId" params={{ assetId: version.id }}>
                {versionNames[version.versionKind]}
                {version.language === null ? '' : ` (${version.language})`}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything about one asset, and its files. */
export function AssetScreen(): ReactNode {
  const { queries } = useCore();
  const { assetId } = route.useParams();
  const asset = useQuery(queries.catalogue.get.queryOptions({ input: { id: assetId as AssetId } }));
  if (asset.data !== undefined) return <AssetPage key={asset.data.id} asset={asset.data} />;
  return (
    <Screen title="Asset">
      <div className="screen-body narrow">
        {asset.error === null ? <Loading label="Reading the asset…" /> : <ErrorNote error={asset.error} />}
      </div>
    </Screen>
  );
}

function AssetPage({ asset }: { asset: AssetDetail }): ReactNode {
  const { media, shell } = useCore();
  const downloads = useDownloadStart();
  const download = (choice: Partial<DownloadChoice>): void =>
    downloads.start({ assetIds: [asset.id], sourceIds: [asset.sourceId], rendition: 'best', ...choice });
  const { at = '' } = route.useSearch();
  const { pageUrl } = asset;
  return (
    <Screen
      back
      title={asset.title}
      note={
        <span className="row row-wrap">
          <VersionBadge kind={asset.versionKind} />
          <StatusBadge status={asset.status} />
        </span>
      }
      actions={
        <>
          {pageUrl !== null && (
            <a
              className="button"
              href={pageUrl}
              target="_blank"
              rel="noreferrer"
              onClick={(event) => {
                if (shell === null) return;
                event.preventDefault();
                void shell.openExternal(pageUrl);
              }}
            >
              <ExternalLink size={16} aria-hidden />
              Page of the source
            </a>
          )}
          {asset.holding.clipId !== null && (
            <ButtonLink
              to="/library"
              search={{ clip: asset.holding.clipId }}
              icon={FolderOpen}
              variant="primary"
            >
              Open clip
            </ButtonLink>
          )}
          <DownloadButton
            label="Download best"
            primary={asset.holding.clipId === null}
            disabled={asset.renditions.length === 0}
            renditions={asset.renditions}
            onDownload={(choice) => download(choice ?? {})}
          />
        </>
      }
    >
      <div className="screen-body asset-page">
        <div className="asset-main">
          <AssetStanding asset={asset} />
          <NoticeNotes assetId={asset.id} />
          <Poster src={asset.hasPicture ? media.picture(asset.id) : null} />
          <AssetTexts asset={asset} query={at} />
          <section className="stack" aria-labelledby="renditions">
            <h2 id="renditions">Files</h2>
            {asset.renditions.length === 0 ? (
              <p className="muted">The source offers no file of this yet.</p>
            ) : (
              <RenditionsTable
                renditions={asset.renditions}
                onDownload={(rendition) => download({ rendition: rendition.id })}
              />
            )}
          </section>
        </div>
        <div className="asset-side">
          <Holding asset={asset} />
          <RightsBox rights={asset.rights} />
          <section className="card" aria-label="Facts">
            <AssetFacts asset={asset} />
          </section>
          <Versions asset={asset} />
          <AssetTwins asset={asset} />
        </div>
      </div>
    </Screen>
  );
}
