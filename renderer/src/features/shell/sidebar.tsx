import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  CalendarDays,
  CircleUser,
  Clapperboard,
  Download,
  FolderOpen,
  Settings,
  ShieldAlert,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatNumber } from '../../lib/format.ts';
import { SavedSearches } from './saved-searches.tsx';
import { useDownloadCounts } from '../../ui/use-totals.ts';

interface Place {
  readonly to: '/catalogue' | '/events' | '/downloads' | '/library' | '/notices' | '/settings';
  readonly label: string;
  readonly icon: LucideIcon;
  readonly count?: number | undefined;
  /** Something must not be used as things stand. */
  readonly urgent?: boolean;
}

function useCounts() {
  const { queries } = useCore();
  const sources = useQuery(queries.sources.list.queryOptions()).data?.sources;
  const events = useQuery(queries.events.list.queryOptions({ input: {} })).data?.events.length;
  const clips = useQuery(queries.library.list.queryOptions({ input: { limit: 1 } })).data?.total;
  const downloads = useDownloadCounts()?.active;
  const notices = useQuery(queries.notices.count.queryOptions()).data;
  return {
    sources: sources ?? [],
    assets: sources?.reduce((sum, source) => sum + source.assets, 0),
    events,
    clips,
    downloads,
    notices,
  };
}

/** The way between the screens, with counts, and the accounts at the bottom. */
export function Sidebar(): ReactNode {
  const counts = useCounts();
  const places: readonly Place[] = [
    { to: '/catalogue', label: 'Catalogue', icon: Clapperboard, count: counts.assets },
    { to: '/events', label: 'Events', icon: CalendarDays, count: counts.events },
    { to: '/downloads', label: 'Downloads', icon: Download, count: counts.downloads },
    { to: '/library', label: 'Library', icon: FolderOpen, count: counts.clips },
    {
      to: '/notices',
      label: 'Notices',
      icon: ShieldAlert,
      count: counts.notices?.open,
      urgent: (counts.notices?.stop ?? 0) > 0,
    },
    { to: '/settings', label: 'Settings', icon: Settings },
  ];
  return (
    <nav className="sidebar" aria-label="Main">
      <Link to="/" className="brand" aria-label="Rushes, start">
        <span className="brand-mark" aria-hidden />
        <span className="side-text">Rushes</span>
      </Link>
      <ul className="side-list">
        {places.map(({ to, label, icon: Icon, count, urgent }) => (
          <li key={to}>
            <Link
              to={to}
              search={{}}
              className="side-link"
              title={label}
              activeOptions={{ includeSearch: false }}
            >
              <Icon size={18} aria-hidden />
              <span className="side-text">{label}</span>
              {count !== undefined && count > 0 && (
                <span
                  className={urgent === true ? 'side-count side-urgent number' : 'side-count number'}
                  aria-hidden
                >
                  {formatNumber(count)}
                </span>
              )}
            </Link>
            {to === '/catalogue' && <SavedSearches />}
          </li>
        ))}
      </ul>
      <div className="spacer" />
      <ul className="side-list" aria-label="Accounts">
        {counts.sources
          .filter((source) => source.needsAccount)
          .map((source) => (
            <li key={source.id}>
              <AccountLink source={source} />
            </li>
          ))}
      </ul>
    </nav>
  );
}

function AccountLink({ source }: { source: Source }): ReactNode {
  const { queries } = useCore();
  const status = useQuery(queries.account.status.queryOptions({ input: { sourceId: source.id } })).data;
  const words =
    status?.state === 'signed-in'
      ? (status.email ?? 'Signed in')
      : status?.state === 'unverified'
        ? 'Enter the code'
        : 'Sign in';
  return (
    <Link
      to="/account/$sourceId"
      params={{ sourceId: source.id }}
      search={{}}
      className="side-link"
      title={`${source.name}: ${words}`}
    >
      <CircleUser size={18} aria-hidden />
      <span className="side-text side-account">
        <span className="truncate">{source.name}</span>
        <span className="truncate field-note">{words}</span>
      </span>
    </Link>
  );
}
