import { FilterX, SlidersHorizontal } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import './filter-bar.css';

/** The filters above a list. Where the window is too small for all, the rest is behind a button. */
export function FilterBar(props: {
  search: ReactNode;
  children: ReactNode;
  /** How many of the filters behind the button are set. */
  active: number;
  onClear: (() => void) | null;
}): ReactNode {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="filter-bar" role="group" aria-label="Filters">
      {props.search}
      <Button
        className="filter-toggle"
        icon={SlidersHorizontal}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {props.active > 0 ? `Filters (${props.active})` : 'Filters'}
      </Button>
      <div id={id} className={open ? 'filter-more filter-more-open' : 'filter-more'}>
        {props.children}
      </div>
      {props.onClear !== null && (
        <Button variant="quiet" icon={FilterX} onClick={props.onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
