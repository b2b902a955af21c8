import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CircleCheck, Download as DownloadIcon, Link2, Pause, Play, RotateCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatNumber } from '../../lib/format.ts';
import { downloadTabs, type DownloadTab } from '../../lib/search-params.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';
import { useActiveDownloads } from '../../ui/use-active-downloads.ts';
import { AddAddressDialog } from './add-address-dialog.tsx';
import { useDownloadVerbs } from './download-actions.ts';
import { DownloadItem } from './download-item.tsx';
import { DownloadList } from './download-list.tsx';
import './downloads.css';

const route = getRouteApi('/downloads');

const tabNames: Readonly<Record<DownloadTab, string>> = {
  active: 'Active',
  done: 'Done',
  failed: 'Failed or cancelled',
  all: 'All',
};

function NothingHere({ tab }: { tab: DownloadTab }): ReactNode {
  if (tab === 'failed')
    return (
      <EmptyState icon={CircleCheck} title="Nothing has failed">
        <p className="muted">Downloads that need your attention would be here, with the reason.</p>
      </EmptyState>
    );
  return (
    <EmptyState icon={DownloadIcon} title={tab === 'active' ? 'Nothing is downloading' : 'No downloads yet'}>
      <p className="muted">Choose something in the catalogue and press D, or add an address.</p>
      <ButtonLink to="/catalogue" search={{}}>
        Go to the catalogue
      </ButtonLink>
    </EmptyState>
  );
}

function CancelDialog(props: {
  download: Download | null;
  onCancel: () => void;
  onClose: () => void;
}): ReactNode {
  return (
    <AppDialog
      title="Cancel this download?"
      role="alertdialog"
      isOpen={props.download !== null}
      onClose={props.onClose}
    >
      <p>
        The part of <strong>{props.download?.title}</strong> that is already here is deleted. Pause it instead
        to keep it.
      </p>
      <div className="dialog-actions">
        <Button onClick={props.onClose}>Keep it</Button>
        <Button variant="danger" onClick={props.onCancel}>
          Cancel download
        </Button>
      </div>
    </AppDialog>
  );
}

/** Everything that was wanted, by how it stands. */
export function DownloadsScreen(): ReactNode {
  const { queries } = useCore();
  const navigate = useNavigate();
  const { tab = 'active' } = route.useSearch();
  const [adding, setAdding] = useState(false);
  const [cancelling, setCancelling] = useState<Download | null>(null);
  const list = useQuery({
    ...queries.downloads.list.queryOptions({ input: { show: tab } }),
    placeholderData: keepPreviousData,
  });
  const sources = useQuery(queries.sources.list.queryOptions()).data?.sources;
  // A download does not say its source; the first one that wants an account is where signing in helps.
  const signInAt = sources?.find((source) => source.needsAccount)?.id ?? null;
  const verbs = useDownloadVerbs();
  const active = useActiveDownloads().data?.downloads ?? [];
  const counts = list.data?.counts;
  const downloads = list.data?.downloads ?? [];
  const countOf = (name: DownloadTab): number | undefined => (name === 'all' ? undefined : counts?.[name]);

  return (
    <Screen
      title="Downloads"
      actions={
        <>
          <Button
            icon={Pause}
            disabled={!active.some((item) => ['running', 'queued', 'waiting'].includes(item.state))}
            onClick={() => verbs.run('pause', null)}
          >
            Pause all
          </Button>
          <Button
            icon={Play}
            disabled={!active.some((item) => item.state === 'paused')}
            onClick={() => verbs.run('resume', null)}
          >
            Resume all
          </Button>
          {tab === 'failed' && (
            <Button
              icon={RotateCw}
              disabled={!downloads.some((item) => item.state === 'failed')}
              onClick={() => verbs.run('retry', null)}
            >
              Retry all
            </Button>
          )}
          <Button icon={Link2} onClick={() => setAdding(true)}>
            Add by address
          </Button>
        </>
      }
    >
      <Tabs
        className="downloads-tabs"
        selectedKey={tab}
        onSelectionChange={(key) => {
          const next = downloadTabs.find((name) => name === key);
          if (next !== undefined) void navigate({ to: '/downloads', search: { tab: next } });
        }}
      >
        <TabList className="tabs" aria-label="Downloads by state">
          {downloadTabs.map((name) => (
            <Tab key={name} id={name} className="tab">
              {tabNames[name]}
              {countOf(name) !== undefined && (
                <span className="muted number"> {formatNumber(countOf(name) ?? 0)}</span>
              )}
            </Tab>
          ))}
        </TabList>
        <TabPanel id={tab} className="downloads-panel">
          {list.isPending && <Loading label="Reading the downloads…" />}
          {list.error !== null && <ErrorNote error={list.error} />}
          {list.isSuccess && downloads.length === 0 && <NothingHere tab={tab} />}
          {downloads.length > 0 && (
            <DownloadList
              downloads={downloads}
              render={(download) => (
                <DownloadItem
                  download={download}
                  signInAt={signInAt}
                  onVerb={(verb) => {
                    // With nothing fetched there is nothing to lose, and so nothing to ask.
                    if (verb === 'cancel' && download.bytes > 0) setCancelling(download);
                    else verbs.run(verb, [download.id]);
                  }}
                />
              )}
            />
          )}
        </TabPanel>
      </Tabs>
      <AddAddressDialog isOpen={adding} onClose={() => setAdding(false)} />
      <CancelDialog
        download={cancelling}
        onClose={() => setCancelling(null)}
        onCancel={() => {
          if (cancelling !== null) verbs.run('cancel', [cancelling.id]);
          setCancelling(null);
        }}
      />
      <StatusFacts>
        <span>{formatCount(downloads.length, 'download')}</span>
      </StatusFacts>
    </Screen>
  );
}
