import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../../../shared/domain/download-reason.ts';
import type { SettingsSection } from '../../lib/search-params.ts';

interface Way {
  readonly section: SettingsSection;
  readonly label: string;
}

/** Reasons that a setting can take away, and the way there. */
const ways: Partial<Record<DownloadReason, Way>> = {
  PROXY_SIGN_IN: { section: 'network', label: 'Open the network settings' },
  PROXY_UNREACHABLE: { section: 'network', label: 'Open the network settings' },
  CERTIFICATE: { section: 'network', label: 'Open the network settings' },
  SERVER_UNREACHABLE: { section: 'network', label: 'Open the network settings' },
  OUTSIDE_HOURS: { section: 'traffic', label: 'Change the schedule' },
  FILE_ACCESS: { section: 'downloads', label: 'Open the folder settings' },
  FILE_TOO_LARGE: { section: 'downloads', label: 'Open the folder settings' },
  NO_SPACE: { section: 'downloads', label: 'Open the folder settings' },
};

/** The way to take a reason away, where it leads to another screen; the verbs stand beside the row. */
export function ReasonAction({ download, tabIndex }: { download: Download; tabIndex?: number }): ReactNode {
  const { reason, sourceId } = download;
  if (reason === null) return null;
  const shared = {
    className: 'reason-action',
    ...(tabIndex !== undefined && { tabIndex }),
    draggable: false,
  };
  if (reason.code === 'SIGN_IN_NEEDED' || reason.code === 'ACCOUNT_UNVERIFIED')
    return sourceId === null ? null : (
      <Link to="/account/$sourceId" params={{ sourceId }} search={{ back: '/downloads' }} {...shared}>
        {reason.code === 'SIGN_IN_NEEDED' ? 'Sign in' : 'Enter the code'}
      </Link>
    );
  const way = ways[reason.code];
  return way === undefined ? null : (
    <Link to="/settings" search={{ section: way.section }} {...shared}>
      {way.label}
    </Link>
  );
}
