import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import { Note } from '../../ui/note.tsx';

const notUsable: Partial<Record<AssetDetail['status'], string>> = {
  expected: 'The source has announced this; there may be nothing to download yet.',
  embargoed: 'This is under embargo. Do not publish it before the embargo ends.',
  withheld: 'The source holds this back at the moment.',
  withdrawn: 'The source has withdrawn this. Do not use copies that you hold without asking.',
};

const noticeWords = {
  kill: 'The source has killed this: do not use it.',
  correction: 'The source has corrected this.',
  update: 'The source has updated this.',
} as const;

/** What the source says of the item as a whole, in words and in its own. */
export function AssetStanding({ asset }: { asset: AssetDetail }): ReactNode {
  const { notice, statusReason } = asset;
  const warning = notice?.kind === 'kill' ? noticeWords.kill : notUsable[asset.status];
  return (
    <>
      {warning !== undefined && (
        <Note tone={asset.status === 'withdrawn' ? 'bad' : 'warn'}>
          <p>
            <strong>{warning}</strong>
          </p>
          {(notice?.text ?? statusReason) !== null && (
            <p className="small">“{notice?.text ?? statusReason}”</p>
          )}
        </Note>
      )}
      {notice !== null && notice.kind !== 'kill' && (
        <Note tone={notice.kind === 'correction' ? 'warn' : 'info'}>
          <p>
            <strong>{noticeWords[notice.kind]}</strong> {notice.text ?? ''}
          </p>
        </Note>
      )}
    </>
  );
}

/** The same item as other sources carry it. */
export function AssetTwins({ asset }: { asset: AssetDetail }): ReactNode {
  if (asset.twins.length === 0) return null;
  return (
    <section className="card" aria-labelledby="twins">
      <h3 id="twins">Also carried by</h3>
      <ul className="stack asset-versions">
        {asset.twins.map((twin) => (
          <li key={twin.id}>
            <Link to="/asset/$assetId" params={{ assetId: twin.id }} title={twin.title}>
              {twin.sourceName}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
