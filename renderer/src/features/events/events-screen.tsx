import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CalendarDays, CalendarPlus, SearchX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Event } from '../../../../shared/contract/events.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatDays, formatNumber } from '../../lib/format.ts';
import { noSelection } from '../../lib/selection.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-types.ts';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';
import { EventDialog } from './event-dialog.tsx';
import './events.css';

const route = getRouteApi('/events');

const columns: readonly Column<Event>[] = [
  {
    key: 'days',
    title: 'Days',
    width: '170px',
    render: (event) => (
      <span className="number">{formatDays(event.firstDay, event.lastDay) || 'No day'}</span>
    ),
  },
  {
    key: 'title',
    title: 'Event',
    width: 'minmax(200px, 3fr)',
    render: (event) => <strong>{event.title}</strong>,
  },
  { key: 'place', title: 'Place', width: 'minmax(90px, 1fr)', render: (event) => event.place ?? '–' },
  {
    key: 'assets',
    title: 'Assets',
    width: '64px',
    end: true,
    render: (event) => <span className="number">{formatNumber(event.assets)}</span>,
  },
  {
    key: 'clips',
    title: 'Clips',
    width: '64px',
    end: true,
    render: (event) => <span className="number">{formatNumber(event.clips)}</span>,
  },
];

/** All events by day, newest first; those without a day come last. */
export function EventsScreen(): ReactNode {
  const { queries } = useCore();
  const navigate = useNavigate();
  const { query } = route.useSearch();
  const [creating, setCreating] = useState(false);
  const [selection, setSelection] = useState(noSelection);
  const list = useQuery({
    ...queries.events.list.queryOptions({ input: query === undefined ? {} : { query } }),
    placeholderData: (previous) => previous,
  });
  const events = [...(list.data?.events ?? [])].sort((a, b) =>
    (b.firstDay ?? '').localeCompare(a.firstDay ?? ''),
  );
  const open = (event: Event): void =>
    void navigate({ to: '/event/$eventId', params: { eventId: event.id } });
  return (
    <Screen
      title="Events"
      actions={
        <Button icon={CalendarPlus} onClick={() => setCreating(true)}>
          New event
        </Button>
      }
    >
      <div className="strip events-filter">
        <SearchInput
          label="Filter the events"
          placeholder="Filter by words"
          value={query ?? ''}
          onChange={(next) =>
            void navigate({ to: '/events', search: next === '' ? {} : { query: next }, replace: true })
          }
        />
      </div>
      {list.isPending && <Loading label="Reading the events…" />}
      {list.error !== null && <ErrorNote error={list.error} />}
      {list.isSuccess && events.length === 0 && query === undefined && (
        <EmptyState icon={CalendarDays} title="No event yet">
          <p className="muted">
            Events come with the catalogue. You can also make your own and give clips to it.
          </p>
          <Button icon={CalendarPlus} onClick={() => setCreating(true)}>
            New event
          </Button>
        </EmptyState>
      )}
      {list.isSuccess && events.length === 0 && query !== undefined && (
        <EmptyState icon={SearchX} title="No event matches">
          <Button onClick={() => void navigate({ to: '/events', search: {} })}>Clear the filter</Button>
        </EmptyState>
      )}
      {events.length > 0 && (
        <DataGrid
          label="Events"
          items={events}
          total={events.length}
          idOf={(event) => event.id}
          layout={{ kind: 'table', minWidth: 620, columns }}
          selection={selection}
          onSelect={setSelection}
          onOpen={open}
          openOnClick
          onNearEnd={nothingMore}
          placeKey={`events ${query ?? ''}`}
        />
      )}
      <EventDialog
        event={null}
        isOpen={creating}
        onClose={() => setCreating(false)}
        onSaved={(event) => {
          setCreating(false);
          open(event);
        }}
      />
      <StatusFacts>
        <span>{formatCount(events.length, 'event')}</span>
      </StatusFacts>
    </Screen>
  );
}

/** The list comes in one piece. */
function nothingMore(): void {}
