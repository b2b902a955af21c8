import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Hit } from '../../../../shared/contract/search.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatDay, formatDuration, formatNumber } from '../../lib/format.ts';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import './results.css';

const route = getRouteApi('/search');
const shownPerPlace = 25;

function usePlace(query: string, place: 'catalogue' | 'library' | 'events') {
  const { queries } = useCore();
  return useQuery({
    ...queries.search.find.queryOptions({ input: { query, in: place, limit: shownPerPlace } }),
    enabled: query !== '',
  });
}

function HitLink(props: { hit: Hit; query: string }): ReactNode {
  const { hit } = props;
  const words = (
    <>
      <span className="result-title">{hit.title}</span>
      <span className="field-note">
        {[hit.day === null ? null : formatDay(hit.day), hit.detail].filter(Boolean).join(' · ')}
      </span>
      {hit.line !== null && (
        <span className="field-note truncate">
          {hit.line.atMs !== null && <span className="mono">{formatDuration(hit.line.atMs)} </span>}
          {hit.line.text}
        </span>
      )}
    </>
  );
  if (hit.kind === 'asset')
    return (
      <Link to="/asset/$assetId" params={{ assetId: hit.id }} search={{ at: props.query }} className="result">
        {words}
      </Link>
    );
  if (hit.kind === 'event')
    return (
      <Link to="/event/$eventId" params={{ eventId: hit.id }} className="result">
        {words}
      </Link>
    );
  return (
    <Link to="/library" search={{ clip: hit.id }} className="result">
      {words}
    </Link>
  );
}

function Place(props: {
  title: string;
  query: string;
  found: ReturnType<typeof usePlace>;
  more: ReactNode;
}): ReactNode {
  const { data } = props.found;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="result-place" aria-label={props.title}>
      <div className="row">
        <h2>{props.title}</h2>
        <span className="muted number small">{formatNumber(data.total)}</span>
        <span className="spacer" />
        {data.total > data.items.length && props.more}
      </div>
      <ul>
        {data.items.map((hit) => (
          <li key={hit.id}>
            <HitLink hit={hit} query={props.query} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** All results of the search field, by place. */
export function ResultsScreen(): ReactNode {
  const { q = '' } = route.useSearch();
  const catalogue = usePlace(q, 'catalogue');
  const library = usePlace(q, 'library');
  const events = usePlace(q, 'events');
  const all = [catalogue, library, events];
  const total = all.reduce((sum, place) => sum + (place.data?.total ?? 0), 0);
  const settled = q === '' || all.every((place) => !place.isPending);
  const failed = all.find((place) => place.error !== null)?.error ?? null;
  return (
    <Screen
      title={q === '' ? 'Search' : `Results for “${q}”`}
      note={settled ? formatCount(total, 'result') : 'Searching…'}
    >
      <div className="screen-body">
        {failed !== null && <ErrorNote error={failed} />}
        {!settled && total === 0 && <Loading label="Searching…" />}
        {settled && failed === null && total === 0 && (
          <EmptyState icon={SearchX} title="Nothing fits">
            <p className="muted">Try fewer words, a place, a name or a day.</p>
          </EmptyState>
        )}
        <Place
          title="Catalogue"
          query={q}
          found={catalogue}
          more={
            <Link to="/catalogue" search={{ query: q }}>
              Show all in the catalogue
            </Link>
          }
        />
        <Place
          title="Library"
          query={q}
          found={library}
          more={
            <Link to="/library" search={{ query: q }}>
              Show all in the library
            </Link>
          }
        />
        <Place
          title="Events"
          query={q}
          found={events}
          more={
            <Link to="/events" search={{ query: q }}>
              Show all events
            </Link>
          }
        />
      </div>
    </Screen>
  );
}
