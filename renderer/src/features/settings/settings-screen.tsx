import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Settings } from '../../../../shared/contract/system.ts';
import { useCore } from '../../lib/app-context.tsx';
import type { SettingsSection } from '../../lib/search-params.ts';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AboutCard } from './about-card.tsx';
import { DoctorCard } from './doctor-card.tsx';
import { DownloadsCard } from './downloads-card.tsx';
import { GeneralCard } from './general-card.tsx';
import { NamesCard } from './names-card.tsx';
import { NetworkCard } from './network-card.tsx';
import './settings.css';
import { SourcesCard } from './sources-card.tsx';
import { TrafficCard } from './traffic-card.tsx';

const route = getRouteApi('/settings');

const sectionNames: Readonly<Record<SettingsSection, string>> = {
  general: 'General',
  downloads: 'Downloads',
  names: 'Names and places',
  traffic: 'Speed and schedule',
  network: 'Network',
  sources: 'Sources',
  doctor: 'Doctor',
  about: 'About',
};

function Contents(): ReactNode {
  return (
    <nav className="settings-nav" aria-label="Parts of the settings">
      <ul>
        {Object.entries(sectionNames).map(([name, words]) => (
          <li key={name}>
            <Link
              to="/settings"
              search={{ section: name as SettingsSection }}
              replace
              className="settings-link"
            >
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Everything that can be set, the sources, the doctor's findings and what this is. */
export function SettingsScreen(): ReactNode {
  const { queries } = useCore();
  const { section } = route.useSearch();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const body = useRef<HTMLDivElement>(null);
  const settings = useQuery(queries.settings.get.queryOptions());
  const save = useMutation(
    queries.settings.set.mutationOptions({
      onSuccess: (next: Settings) => {
        queryClient.setQueryData(queries.settings.get.queryKey(), next);
        toasts.show({ text: 'Settings saved', about: 'settings' });
      },
      onError: toasts.fail,
    }),
  );
  const ready = settings.data !== undefined;
  useEffect(() => {
    if (section === undefined || !ready) return;
    const card = body.current?.querySelector(`[data-section="${section}"]`);
    card?.scrollIntoView({ block: 'start' });
    card?.querySelector('h2')?.focus({ preventScroll: true });
  }, [section, ready]);

  return (
    <Screen title="Settings">
      <div ref={body} className="screen-body settings-body">
        <Contents />
        <div className="settings">
          {settings.isPending && <Loading label="Reading the settings…" />}
          {settings.error !== null && <ErrorNote error={settings.error} />}
          {settings.data !== undefined && (
            <Cards settings={settings.data} onChange={(change) => save.mutate(change)} />
          )}
          <SourcesCard />
          <DoctorCard />
          <AboutCard />
        </div>
      </div>
    </Screen>
  );
}

function Cards(props: { settings: Settings; onChange: (change: Partial<Settings>) => void }): ReactNode {
  return (
    <>
      <GeneralCard {...props} />
      <DownloadsCard {...props} />
      <NamesCard {...props} />
      <TrafficCard {...props} />
      <NetworkCard {...props} />
    </>
  );
}
