import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { AssetId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { formatCount, formatNumber } from '../lib/format.ts';
import type { AlreadyHere, RefusedAsset } from './added-words.ts';
import './already-dialog.css';
import { Button } from './button.tsx';
import { AppDialog } from './dialog.tsx';
import { CheckField } from './field.tsx';

/** What was asked for and is not fetched: it is here, or it may not be had. */
export interface Found {
  readonly already: readonly AlreadyHere[];
  readonly refused: readonly RefusedAsset[];
  /** Fetches again what is here of these assets. */
  readonly again: (assetIds: ReadonlySet<AssetId>) => void;
}

/** Of a long list the first are named; the others are counted. */
const named = 100;

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
  const only = already.length === 1 ? already[0] : undefined;
  // A single one needs no tick: its button says it all.
  const [chosen, setChosen] = useState<ReadonlySet<AssetId>>(new Set(only && [only.assetId]));
  return (
    <>
      {only !== undefined && (
        <div className="stack found-one">
          <strong>{titles.get(only.assetId)}</strong>
          <Place one={only} onClose={onClose} />
        </div>
      )}
      {already.length > 1 && (
        <Choice already={already} titles={titles} chosen={chosen} onChoose={setChosen} onClose={onClose} />
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
          <More count={refused.length - named} />
        </>
      )}
      <div className="dialog-actions">
        {already.length > 0 && (
          <Button
            disabled={chosen.size === 0}
            onClick={() => {
              onClose();
              found.again(chosen);
            }}
          >
            {already.length === 1 || chosen.size === 0
              ? 'Download again'
              : `Download ${formatNumber(chosen.size)} again`}
          </Button>
        )}
        <Button variant="primary" onClick={onClose}>
          {already.length > 0 ? 'Keep what is here' : 'Close'}
        </Button>
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly already: readonly AlreadyHere[];
  readonly titles: ReadonlyMap<AssetId, string>;
  readonly chosen: ReadonlySet<AssetId>;
  readonly onChoose: (chosen: ReadonlySet<AssetId>) => void;
  readonly onClose: () => void;
}

/** A tick for each file that is to be fetched again, and one for all of them. */
function Choice({ already, titles, chosen, onChoose, onClose }: ChoiceProps): ReactNode {
  const all = chosen.size === already.length;
  return (
    <>
      <p className="muted">Nothing of this is fetched again unless it is ticked.</p>
      <CheckField
        label={`All ${formatNumber(already.length)}`}
        checked={all}
        onChange={() => onChoose(new Set(all ? [] : already.map((one) => one.assetId)))}
      />
      <ul className="stack found-list">
        {already.slice(0, named).map((one) => (
          <li key={one.assetId} className="stack found-one">
            <CheckField
              label={<strong>{titles.get(one.assetId) ?? one.path}</strong>}
              checked={chosen.has(one.assetId)}
              onChange={(checked) =>
                onChoose(
                  new Set(
                    checked ? [...chosen, one.assetId] : [...chosen].filter((id) => id !== one.assetId),
                  ),
                )
              }
            />
            <div className="stack found-one found-under-tick">
              <Place one={one} onClose={onClose} />
            </div>
          </li>
        ))}
      </ul>
      <More count={already.length - named} />
    </>
  );
}

function More({ count }: { count: number }): ReactNode {
  return count > 0 ? <p className="muted">And {formatCount(count, 'more', 'more')}.</p> : null;
}

function Place({ one, onClose }: { one: AlreadyHere; onClose: () => void }): ReactNode {
  return (
    <>
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
