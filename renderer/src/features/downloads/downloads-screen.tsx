import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Link2, ListX, Pause, Play, RotateCw, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { DownloadTotals } from '../../../../shared/contract/downloads.ts';
import { formatNumber } from '../../lib/format.ts';
import { downloadTabs, type DownloadTab } from '../../lib/search-params.ts';
import { Button } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useDownloadCounts, useTotals } from '../../ui/use-totals.ts';
import { AddAddressDialog } from './add-address-dialog.tsx';
import { CancelDialog, type Cancelling } from './cancel-dialog.tsx';
import { useDownloadActions, type DownloadActions } from './download-actions.ts';
import { DropZone } from './drop-zone.tsx';
import { ListLookBar, useListLook } from './list-look.tsx';
import { useIncomingAddresses } from './use-incoming-addresses.ts';
import { DownloadsTab } from './downloads-tab.tsx';
import './downloads.css';
import { TotalsBar } from './totals-bar.tsx';

const route = getRouteApi('/downloads');

const tabNames: Readonly<Record<DownloadTab, string>> = {
  active: 'Active',
  done: 'Done',
  failed: 'Failed or cancelled',
  all: 'All',
};

function ScreenActions(props: {
  tab: DownloadTab;
  totals: DownloadTotals | undefined;
  done: number;
  actions: DownloadActions;
  onCancelAll: () => void;
  onAdd: () => void;
}): ReactNode {
  const { tab, totals, actions } = props;
  const moving = (totals?.running ?? 0) + (totals?.queued ?? 0) + (totals?.waiting ?? 0);
  const paused = totals?.paused ?? 0;
  return (
    <>
      {tab === 'failed' && (
        <Button
          icon={RotateCw}
          disabled={(totals?.failed ?? 0) === 0}
          onClick={() => actions.run('retry', null)}
        >
          Retry all
        </Button>
      )}
      {tab !== 'active' && (
        <Button
          icon={ListX}
          disabled={props.done === 0}
          title="Takes everything that is complete or cancelled off the list; the files stay"
          onClick={() => actions.run('forget', null)}
        >
          Clear done
        </Button>
      )}
      <Button icon={Pause} disabled={moving === 0} onClick={() => actions.run('pause', null)}>
        Pause all
      </Button>
      <Button icon={Play} disabled={paused === 0} onClick={() => actions.run('resume', null)}>
        Resume all
      </Button>
      {tab === 'active' && (
        <Button icon={X} disabled={moving + paused === 0} onClick={props.onCancelAll}>
          Cancel all
        </Button>
      )}
      <Button icon={Link2} onClick={props.onAdd}>
        Add by address
      </Button>
    </>
  );
}

/** Everything that was wanted, by how it stands. */
export function DownloadsScreen(): ReactNode {
  const navigate = useNavigate();
  const { tab = 'active' } = route.useSearch();
  const [adding, setAdding] = useState<readonly string[] | null>(null);
  const [cancelling, setCancelling] = useState<Cancelling | null>(null);
  const totals = useTotals();
  const counts = useDownloadCounts();
  const actions = useDownloadActions();
  const look = useListLook();
  const hovers = useIncomingAddresses(setAdding);
  const countOf = (name: DownloadTab): number | undefined => (name === 'all' ? undefined : counts?.[name]);

  return (
    <Screen
      title="Downloads"
      actions={
        <ScreenActions
          tab={tab}
          totals={totals}
          done={(counts?.done ?? 0) + Math.max(0, (counts?.failed ?? 0) - (totals?.failed ?? 0))}
          actions={actions}
          onCancelAll={() => setCancelling('all')}
          onAdd={() => setAdding([])}
        />
      }
    >
      {totals !== undefined && <TotalsBar totals={totals} />}
      <Tabs
        className="downloads-tabs"
        selectedKey={tab}
        onSelectionChange={(key) => {
          const next = downloadTabs.find((name) => name === key);
          if (next !== undefined) void navigate({ to: '/downloads', search: { tab: next } });
        }}
      >
        <div className="downloads-bar">
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
          <ListLookBar look={look} sortable={tab !== 'active'} />
        </div>
        <TabPanel id={tab} className={`downloads-panel downloads-${look.density}`}>
          <DownloadsTab
            // Another tab or order is another list, which begins at its top with nothing selected.
            key={`${tab} ${tab === 'active' ? '' : JSON.stringify(look.sort)}`}
            tab={tab}
            look={look}
            actions={actions}
            onVerb={(verb, downloads) => {
              // With nothing fetched there is nothing to lose, and so nothing to ask.
              const loses = downloads.length > 1 || downloads.some((download) => download.bytes > 0);
              if (verb === 'cancel' && loses) setCancelling(downloads);
              else
                actions.run(
                  verb,
                  downloads.map((download) => download.id),
                );
            }}
          />
        </TabPanel>
      </Tabs>
      <AddAddressDialog addresses={adding} onClose={() => setAdding(null)} />
      <DropZone shown={hovers} />
      <CancelDialog
        what={cancelling}
        onClose={() => setCancelling(null)}
        onCancel={(what) => actions.run('cancel', what === 'all' ? null : what.map(({ id }) => id))}
      />
    </Screen>
  );
}
