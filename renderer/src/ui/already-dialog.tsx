import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AssetId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { formatCount, formatNumber } from '../lib/format.ts';
import type { AlreadyHere, RefusedAsset } from './added-words.ts';
import { Button } from './button.tsx';
import { AppDialog } from './dialog.tsx';

/** What was asked for and is not fetched: it is here, or it may not be had. */
export interface Found {
  readonly already: readonly AlreadyHere[];
  readonly refused: readonly RefusedAsset[];
  /** Fetches again what is here. */
  readonly again: () => void;
}

/** Of a long list the first few are named; the others are counted. */
const named = 8;

function titleOf(found: Found): string {
  if (found.already.length === 0) return 'Not downloaded';
  return found.already.length === 1 ? 'We have this already' : 'We have these already';
}

/** Says calmly that something is here already, where, and offers to fetch it once more. */
export function AlreadyDialog(props: { found: Found | null; onClose: () => void }): ReactNode {
  const { found, onClose } = props;
  return (
    <AppDialog title={found === null ? '' : titleOf(found)} isOpen={found !== null} onClose={onClose}>
      {found !== null && <Findings found={found} onClose={onClose} />}
    </AppDialog>
  );
}

function Findings({ found, onClose }: { found: Found; onClose: () => void }): ReactNode {
  const { already, refused } = found;
  const titles = useTitles(
    [...already.slice(0, named), ...refused.slice(0, named)].map((one) => one.assetId),
  );
  return (
    <>
      {already.length > 0 && (
        <ul className="stack found-list">
          {already.slice(0, named).map((one) => (
            <li key={one.assetId} className="stack found-one">
              <strong>{titles.get(one.assetId)}</strong>
              <span className="mono small found-path">{one.path}</span>
              <span className="field-note">
                {one.by === 'identity'
                  ? 'Downloaded from this source before.'
                  : 'The same bytes are here from somewhere else: the hash is the promised one.'}{' '}
                {one.clipId !== null && (
                  <Link to="/library" search={{ clip: one.clipId }} onClick={onClose}>
                    Open the clip
                  </Link>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {already.length > named && (
        <p className="muted">And {formatCount(already.length - named, 'more', 'more')}.</p>
      )}
      {refused.length > 0 && (
        <>
          <h3>{formatCount(refused.length, 'asset')} refused</h3>
          <ul className="stack found-list">
            {refused.slice(0, named).map((one) => (
              <li key={one.assetId} className="stack found-one">
                <strong>{titles.get(one.assetId)}</strong>
                <span className="field-note">{one.message}</span>
              </li>
            ))}
          </ul>
          {refused.length > named && (
            <p className="muted">And {formatCount(refused.length - named, 'more', 'more')}.</p>
          )}
        </>
      )}
      <div className="dialog-actions">
        {already.length > 0 && (
          <Button
            onClick={() => {
              onClose();
              found.again();
            }}
          >
            {already.length === 1 ? 'Download again' : `Download all ${formatNumber(already.length)} again`}
          </Button>
        )}
        <Button variant="primary" onClick={onClose}>
          {already.length > 0 ? 'Keep what is here' : 'Close'}
        </Button>
      </div>
    </>
  );
}

/** The titles of some assets; an asset that left the catalogue meanwhile goes without. */
function useTitles(ids: readonly AssetId[]): ReadonlyMap<AssetId, string> {
  const { queries } = useCore();
  const details = useQueries({
    queries: ids.map((id) => queries.catalogue.get.queryOptions({ input: { id } })),
  });
  return new Map(
    ids.flatMap((id, index) => {
      const title = details[index]?.data?.title;
      return title === undefined ? [] : [[id, title] as const];
    }),
  );
}
