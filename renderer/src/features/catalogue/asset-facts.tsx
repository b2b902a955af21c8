import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import { formatDay, formatDays, formatDuration, formatTime } from '../../lib/format.ts';

/** A row of the fact list; nothing at all when the source is silent. */
function Fact(props: { name: string; children: ReactNode }): ReactNode {
  if (props.children === null || props.children === '' || props.children === undefined) return null;
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

/** What the source says about an asset: the day of publication and the days of filming are two facts. */
export function AssetFacts({ asset }: { asset: AssetDetail }): ReactNode {
  const published =
    asset.publishedDay !== null
      ? formatDay(asset.publishedDay)
      : asset.publishedAtMs !== null
        ? formatTime(asset.publishedAtMs)
        : null;
  const filmed = formatDays(asset.filmedFirstDay, asset.filmedLastDay);
  return (
    <dl className="facts">
      <dt>Published</dt>
      <dd>{published ?? 'not known'}</dd>
      <dt>Filmed</dt>
      <dd>{filmed === '' ? 'not known' : filmed}</dd>
      <Fact name="Event">
        {asset.eventId === null ? null : (
          <Link to="/event/$eventId" params={{ eventId: asset.eventId }}>
            {asset.eventTitle ?? 'Open event'}
          </Link>
        )}
      </Fact>
      <Fact name="Place">{[asset.place, asset.country].filter(Boolean).join(', ')}</Fact>
      <Fact name="Duration">{asset.durationMs === null ? null : formatDuration(asset.durationMs)}</Fact>
      <Fact name="People">
        {asset.people.length === 0 ? null : (
          <ul>
            {asset.people.map((person) => (
              <li key={`${person.name} ${person.role ?? ''}`}>
                {person.name}
                {person.role !== undefined && <span className="muted">, {person.role}</span>}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Organisations">{asset.organisations.join(', ')}</Fact>
      <Fact name="Language">{asset.language}</Fact>
      <Fact name="Keywords">{asset.keywords.join(', ')}</Fact>
      <Fact name="Source">
        {asset.sourceName} <span className="muted mono">{asset.externalId}</span>
      </Fact>
    </dl>
  );
}
