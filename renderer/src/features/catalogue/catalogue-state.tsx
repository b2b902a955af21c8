import { Clapperboard, CloudOff, FilterX, RefreshCw, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';

/** Why the catalogue shows nothing, and what to do about it. */
export function CatalogueState(props: {
  sources: readonly Source[] | undefined;
  filtered: boolean;
  syncing: boolean;
  onSync: () => void;
  onClear: () => void;
}): ReactNode {
  const { sources } = props;
  if (sources === undefined) return <Loading label="Reading the catalogue…" />;
  if (sources.length === 0)
    return (
      <EmptyState icon={Clapperboard} title="No source yet">
        <p className="muted">A source is a portal whose catalogue you can search and download from.</p>
        <ButtonLink to="/welcome" variant="primary">
          Add a source
        </ButtonLink>
      </EmptyState>
    );
  if (props.filtered)
    return (
      <EmptyState icon={SearchX} title="Nothing matches these filters">
        <p className="muted">Take a filter away, or search with fewer words.</p>
        <Button icon={FilterX} onClick={props.onClear}>
          Clear filters
        </Button>
      </EmptyState>
    );
  if (props.syncing || sources.some((source) => source.state === 'syncing'))
    return <Loading label="Reading the catalogue of the source for the first time…" />;
  const unavailable = sources.find((source) => source.state === 'unavailable');
  if (unavailable !== undefined)
    return (
      <EmptyState icon={CloudOff} title={`${unavailable.name} cannot be reached`}>
        <p className="muted">{unavailable.reason ?? 'It does not answer as it should.'}</p>
        <Button icon={RefreshCw} onClick={props.onSync}>
          Try again
        </Button>
      </EmptyState>
    );
  if (sources.some((source) => source.state === 'never-synced'))
    return (
      <EmptyState icon={RefreshCw} title="The catalogue has not been read yet">
        <p className="muted">Sync reads what the source offers. It needs no account.</p>
        <Button variant="primary" icon={RefreshCw} onClick={props.onSync}>
          Sync now
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={Clapperboard} title="The catalogue is empty">
      <p className="muted">The source offers nothing at the moment.</p>
      <Button icon={RefreshCw} onClick={props.onSync}>
        Sync now
      </Button>
    </EmptyState>
  );
}
