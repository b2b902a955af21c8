import { Ban, Check, Clock, Download as DownloadIcon, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetRow, AssetStatus, VersionKind } from '../../../shared/contract/catalogue.ts';
import type { Download } from '../../../shared/contract/downloads.ts';
import { percentOf } from '../lib/format.ts';
import { downloadStateNames, statusNames, versionNames } from '../lib/vocabulary.ts';
import { Badge } from './badge.tsx';

const looks = {
  usable: { tone: 'ok', icon: Check },
  expected: { tone: 'info', icon: Clock },
  embargoed: { tone: 'warn', icon: Clock },
  withheld: { tone: 'warn', icon: EyeOff },
  withdrawn: { tone: 'bad', icon: Ban },
} as const satisfies Record<AssetStatus, object>;

/** Whether an asset may be used, as a badge. */
export function StatusBadge(props: { status: AssetStatus }): ReactNode {
  const { tone, icon } = looks[props.status];
  return (
    <Badge tone={tone} icon={icon}>
      {statusNames[props.status]}
    </Badge>
  );
}

/** Which version of its story an asset is, where the source says so. */
export function VersionBadge(props: { kind: VersionKind }): ReactNode {
  return props.kind === 'unknown' ? null : <Badge>{versionNames[props.kind]}</Badge>;
}

/** What of an asset is here, in words; null when nothing is. */
export function holdingText(asset: AssetRow, download: Download | undefined): string | null {
  if (download !== undefined) {
    const percent = percentOf(download.bytes, download.sizeBytes);
    const state = downloadStateNames[download.state];
    return percent === null || download.state === 'queued' ? state : `${state} ${percent} %`;
  }
  if (asset.holding.state === 'held') return 'We have this';
  return asset.holding.state === 'downloading' ? 'Downloading' : null;
}

/** A small icon for the holding state. */
export function HoldingIcon(props: { held: boolean }): ReactNode {
  return props.held ? <Check size={12} aria-hidden /> : <DownloadIcon size={12} aria-hidden />;
}
