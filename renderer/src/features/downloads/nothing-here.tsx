import { CircleCheck, Download as DownloadIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DownloadTab } from '../../lib/search-params.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

const titles: Readonly<Record<DownloadTab, string>> = {
  active: 'Nothing is downloading',
  done: 'No finished downloads listed',
  failed: 'Nothing has failed',
  all: 'No downloads yet',
};

/** Says why a tab is empty and what to do about it. */
export function NothingHere({ tab }: { tab: DownloadTab }): ReactNode {
  if (tab === 'failed')
    return (
      <EmptyState icon={CircleCheck} title={titles[tab]}>
        <p className="muted">Downloads that need your attention would be here, with the reason.</p>
      </EmptyState>
    );
  if (tab === 'done')
    return (
      <EmptyState icon={CircleCheck} title={titles[tab]}>
        <p className="muted">
          Downloads appear here when they finish. Those cleared off the list keep their files.
        </p>
      </EmptyState>
    );
  return (
    <EmptyState icon={DownloadIcon} title={titles[tab]}>
      <p className="muted">Choose something in the catalogue and press D, or paste or drop addresses here.</p>
      <ButtonLink to="/catalogue" search={{}}>
        Go to the catalogue
      </ButtonLink>
    </EmptyState>
  );
}
