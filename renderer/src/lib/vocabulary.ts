import type { AssetStatus, VersionKind } from '../../../shared/contract/catalogue.ts';
import type { DownloadPriority, DownloadState } from '../../../shared/contract/downloads.ts';
import type { ClipStep } from '../../../shared/contract/library.ts';
import type { NoticeKind } from '../../../shared/contract/notices.ts';
import type { SourceKindName, SourceState } from '../../../shared/contract/sources.ts';

// Only types come from the contract: its values would pull the validator into the page's bundle.

export const versionKinds = [
  'master',
  'subtitled',
  'b-roll',
  'unknown',
] as const satisfies readonly VersionKind[];
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
  unknown: 'Version not said',
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

export const downloadPriorities = ['high', 'normal', 'low'] as const satisfies readonly DownloadPriority[];

export const priorityNames: Readonly<Record<DownloadPriority, string>> = {
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};

/** How sure it is that a file is the source's. */
export type Verified = 'hash' | 'size' | 'none';

export const verifiedNames: Readonly<Record<Verified, string>> = {
  hash: 'Hash verified',
  size: 'Size verified',
  none: 'Not verifiable',
};

/** What each grade of proof means, for whoever asks. */
export const verifiedMeanings: Readonly<Record<Verified, string>> = {
  hash: 'Every byte is proven: the file has the hash that the source promised.',
  size: 'The source promised no hash. The file has the length that was announced; Rushes has kept a hash of its own, so that later damage is found.',
  none: 'The source promised neither a hash nor a length. The server ended the transfer as if it were whole; Rushes has kept a hash of its own, so that later damage is found.',
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

export const sourceKindNames: Readonly<Record<SourceKindName, string>> = {
  'account-portal': 'Account portal',
  feed: 'Feed',
  'web-page': 'Web page',
  'video-sitemap': 'Video sitemap',
  dvids: 'DVIDS',
  'ec-av-portal': 'EC audiovisual portal',
  'internet-archive': 'Internet Archive',
  'agency-feed': 'Agency feed',
  'agency-folder': 'Agency folder',
};

export const sourceStateNames: Readonly<Record<SourceState, string>> = {
  'never-synced': 'Not read yet',
  syncing: 'Reading now',
  ok: 'Up to date',
  unavailable: 'Unavailable',
  changed: 'Changed shape',
  'key-needed': 'Wants a key',
};

/** What a source did, as the heading of a notice. */
export const noticeNames: Readonly<Record<NoticeKind, string>> = {
  killed: 'Killed: do not use',
  withdrawn: 'Withdrawn',
  withheld: 'Held back',
  corrected: 'Corrected',
  rights: 'Rights changed',
  'file-replaced': 'File replaced',
  'text-changed': 'Texts changed',
  'usable-again': 'Usable again',
};

/** Facts that a notice tells of. One that is not here shows under its own name. */
export const factNames: Readonly<Record<string, string>> = {
  status: 'Status',
  version: 'Version',
  title: 'Title',
  teaser: 'Teaser',
  synopsis: 'Synopsis',
  shotlist: 'Shotlist',
  transcript: 'Transcript',
  people: 'People',
  place: 'Place',
  country: 'Country',
  filmed: 'Filmed',
  usageText: 'Terms of use',
  creditLine: 'Credit line',
  copyright: 'Copyright',
  licenceUrl: 'Licence',
  editorialOnly: 'Editorial use only',
  thirdParty: 'Third-party material',
  embargoUntilMs: 'Embargo until',
  embargoText: 'Embargo',
  expiresAtMs: 'May be used until',
  territories: 'Territories',
};
