import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Event } from '../../../../shared/contract/events.ts';
import type { EventId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatDay, formatDays } from '../../lib/format.ts';
import { versionNames } from '../../lib/vocabulary.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Poster } from '../../ui/poster.tsx';
import { Screen } from '../../ui/screen.tsx';
import { EventDialog } from './event-dialog.tsx';
import './events.css';

const route = getRouteApi('/event/$eventId');
const shown = 60;

function Facts({ event }: { event: Event }): ReactNode {
  return (
    <section className="card" aria-label="Facts">
      {event.summary !== null && event.summary !== '' && <p className="event-summary">{event.summary}</p>}
      <dl className="facts">
        <dt>Days</dt>
        <dd>{formatDays(event.firstDay, event.lastDay) || 'not known'}</dd>
        <dt>Place</dt>
        <dd>{event.place ?? 'not known'}</dd>
        {event.people.length > 0 && (
          <>
            <dt>People</dt>
            <dd>
              {event.people
                .map((person) =>
                  person.role === undefined ? person.name : `${person.name} (${person.role})`,
                )
                .join(', ')}
            </dd>
          </>
        )}
        {event.organisations.length > 0 && (
          <>
            <dt>Organisations</dt>
            <dd>{event.organisations.join(', ')}</dd>
          </>
        )}
        <dt>Origin</dt>
        <dd>{event.origin === 'catalogue' ? 'From the catalogue' : 'Made by hand'}</dd>
      </dl>
    </section>
  );
}

function Assets({ event }: { event: Event }): ReactNode {
  const { queries, media } = useCore();
  const list = useQuery(
    queries.catalogue.list.queryOptions({ input: { eventId: event.id, limit: shown } }),
  ).data;
  if (list === undefined || list.items.length === 0)
    return <p className="muted">The catalogue holds nothing of this event.</p>;
  return (
    <>
      <ul className="event-cards">
        {list.items.map((asset) => (
          <li key={asset.id}>
            <Link to="/asset/$assetId" params={{ assetId: asset.id }} className="event-card">
              <Poster src={asset.hasPicture ? media.picture(asset.id) : null} />
              <span className="event-card-title">{asset.title}</span>
              <span className="row field-note">
                <Badge>{versionNames[asset.versionKind]}</Badge>
                {asset.day === null ? '' : formatDay(asset.day)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.total > list.items.length && (
        <Link to="/catalogue" search={{ event: event.id }}>
          Show all {formatCount(list.total, 'asset')} in the catalogue
        </Link>
      )}
    </>
  );
}

function Clips({ event }: { event: Event }): ReactNode {
  const { queries, media } = useCore();
  const list = useQuery(
    queries.library.list.queryOptions({ input: { eventId: event.id, limit: shown } }),
  ).data;
  if (list === undefined || list.items.length === 0)
    return <p className="muted">No clip of the library belongs to this event yet.</p>;
  return (
    <>
      <ul className="event-cards">
        {list.items.map((clip) => (
          <li key={clip.id}>
            <Link to="/library" search={{ event: event.id, clip: clip.id }} className="event-card">
              <Poster src={clip.hasPoster ? media.poster(clip.id) : null} />
              <span className="event-card-title">{clip.title}</span>
              <span className="field-note">{clip.day === null ? 'No day' : formatDay(clip.day)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {list.total > list.items.length && (
        <Link to="/library" search={{ event: event.id }}>
          Show all {formatCount(list.total, 'clip')} in the library
        </Link>
      )}
    </>
  );
}

/** One event with everything that belongs to it. */
export function EventScreen(): ReactNode {
  const { queries } = useCore();
  const { eventId } = route.useParams();
  const [editing, setEditing] = useState(false);
  const event = useQuery(queries.events.get.queryOptions({ input: { id: eventId as EventId } }));
  if (event.data === undefined)
    return (
      <Screen title="Event">
        <div className="screen-body narrow">
          {event.error === null ? <Loading label="Reading the event…" /> : <ErrorNote error={event.error} />}
        </div>
      </Screen>
    );
  return (
    <Screen
      back
      title={event.data.title}
      note={formatDays(event.data.firstDay, event.data.lastDay)}
      actions={
        <Button icon={Pencil} onClick={() => setEditing(true)}>
          Edit event
        </Button>
      }
    >
      <div className="screen-body stack event-page">
        <Facts event={event.data} />
        <section className="stack" aria-labelledby="event-assets">
          <h2 id="event-assets">Assets</h2>
          <Assets event={event.data} />
        </section>
        <section className="stack" aria-labelledby="event-clips">
          <h2 id="event-clips">Clips</h2>
          <Clips event={event.data} />
        </section>
      </div>
      <EventDialog
        event={event.data}
        isOpen={editing}
        onClose={() => setEditing(false)}
        onSaved={() => setEditing(false)}
      />
    </Screen>
  );
}
