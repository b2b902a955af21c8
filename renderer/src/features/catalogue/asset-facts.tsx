import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import type { DateFact } from '../../../../shared/contract/values.ts';
import { formatDate, formatDuration, formatTime } from '../../lib/format.ts';

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

/** A date, and in its title what the source wrote: a moment also by the reader's own clock. */
function DateLine({ fact }: { fact: DateFact }): ReactNode {
  const clock = fact.atMs === null ? '' : `, here ${formatTime(fact.atMs)}`;
  return <span title={`The source wrote: ${fact.text}${clock}`}>{formatDate(fact)}</span>;
}

/** What the source says about an asset. Its four dates are four facts, and none stands in for another. */
export function AssetFacts({ asset }: { asset: AssetDetail }): ReactNode {
  const { published, filmed, event, changed } = asset.dates;
  // Hashes stand with the files, and the page has its button.
  const names = asset.aliases.filter(({ scheme }) => !/^(sha\d+|md5|page|media)$/.test(scheme));
  return (
    <dl className="facts">
      <dt>Published</dt>
      <dd>{published === null ? 'not known' : <DateLine fact={published} />}</dd>
      <dt>Filmed</dt>
      <dd>{filmed === null ? 'not known' : <DateLine fact={filmed} />}</dd>
      <Fact name="Event days">{event === null ? null : <DateLine fact={event} />}</Fact>
      <Fact name="Changed">{changed === null ? null : <DateLine fact={changed} />}</Fact>
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
      <Fact name="Version">{asset.version}</Fact>
      <Fact name="Also known as">
        {names.length === 0 ? null : (
          <ul className="asset-aliases">
            {names.map(({ scheme, value }) => (
              <li key={`${scheme} ${value}`}>
                <span className="muted">{scheme}</span> <span className="mono">{value}</span>
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </dl>
  );
}
