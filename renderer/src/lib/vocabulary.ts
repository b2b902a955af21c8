import type { AssetStatus, VersionKind } from '../../../shared/contract/catalogue.ts';
import type { DownloadState } from '../../../shared/contract/downloads.ts';
import type { ClipStep } from '../../../shared/contract/library.ts';

// Only types come from the contract: its values would pull the validator into the page's bundle.

export const versionKinds = ['master', 'subtitled', 'b-roll'] as const satisfies readonly VersionKind[];
export const assetStatuses = [
  'usable',
  'expected',
  'embargoed',
  'withheld',
  'withdrawn',
] as const satisfies readonly AssetStatus[];
export const labelColours = ['red', 'yellow', 'green', 'blue'] as const;
export type LabelColour = (typeof labelColours)[number];

export const versionNames: Readonly<Record<VersionKind, string>> = {
  master: 'Clean master',
  subtitled: 'Subtitled',
  'b-roll': 'B-roll',
};

export const statusNames: Readonly<Record<AssetStatus, string>> = {
  usable: 'Usable',
  expected: 'Expected',
  embargoed: 'Embargoed',
  withheld: 'Withheld',
  withdrawn: 'Withdrawn',
};

export const downloadStateNames: Readonly<Record<DownloadState, string>> = {
  queued: 'Queued',
  running: 'Downloading',
  waiting: 'Waiting',
  paused: 'Paused',
  verifying: 'Verifying',
  complete: 'Complete',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const verifiedNames: Readonly<Record<'hash' | 'size' | 'none', string>> = {
  hash: 'Hash verified',
  size: 'Size verified',
  none: 'Not verified',
};

export const stepNames: Readonly<Record<ClipStep, string>> = {
  bytes: 'Bytes',
  hash: 'Hash',
  probe: 'Probe',
  picture: 'Picture',
  tags: 'Tags',
};

export const labelNames: Readonly<Record<LabelColour, string>> = {
  red: 'Red',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
};

/** Fields that are filled by themselves. A field that is not here shows under its own name. */
export const evidenceFields: Readonly<Record<string, string>> = { day: 'Day', event: 'Event' };

/** Rules that fill values, as a person would say them. */
export const evidenceRules: Readonly<Record<string, string>> = {
  'catalogue-event': 'Event in the catalogue',
  'catalogue-filming-day': 'Filming day in the catalogue',
  'catalogue-publication-day': 'Publication day in the catalogue',
};
