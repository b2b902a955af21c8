import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { searchOf } from '../../lib/catalogue-filter.ts';
import { formatNumber } from '../../lib/format.ts';

/** The searches that are kept, with how much they find and how much of it is new. */
export function SavedSearches(): ReactNode {
  const { queries } = useCore();
  const searches = useQuery(queries.savedSearches.list.queryOptions()).data?.searches ?? [];
  if (searches.length === 0) return null;
  return (
    <ul className="side-saved side-text" aria-label="Saved searches">
      {searches.map(({ id, name, filter, total, fresh }) => (
        <li key={id}>
          <Link
            to="/catalogue"
            search={{ ...searchOf(filter), saved: id }}
            className="side-link"
            activeOptions={{ includeSearch: true, exact: false }}
            aria-label={`${name}: ${formatNumber(total)}${fresh > 0 ? `, ${formatNumber(fresh)} new` : ''}`}
          >
            <span className="truncate spacer">{name}</span>
            {fresh > 0 && <span className="side-fresh number">+{formatNumber(fresh)}</span>}
            <span className="side-count number">{formatNumber(total)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
