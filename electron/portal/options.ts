import type { PortalAsset } from '../../shared/portal-api/asset.ts';

/** Where mail goes when it should really be sent. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is used when the server offers it. */
  readonly secure?: boolean;
  readonly user?: string;
  readonly pass?: string;
  readonly from?: string;
}

/** One answered request, told when its last byte has left or its reader has gone. */
export interface RequestEntry {
  readonly method: string;
  /** Without the query, so that no signature reaches a log. */
  readonly path: string;
  readonly status: number;
  /** Body bytes handed to the socket. */
  readonly bytesSent: number;
  readonly range?: string;
}

/** How a portal is started; only `dir` is needed. */
export interface PortalOptions {
  /** State: portal.db, secret.key, mailbox/ and, unless told otherwise, media/. Made when missing. */
  readonly dir: string;
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Shown by `about`, on the landing page and in mails. */
  readonly name?: string;
  /** How many assets to offer; a small number still takes a varied selection of the demo, a large one fills it up with an
   * archive of the same files. Default the demo. */
  readonly items?: number;
  /** Default 15 minutes. */
  readonly linkLifetimeMs?: number;
  /** Default 12 hours. */
  readonly sessionLifetimeMs?: number;
  /** Speed limit of each file answer; none by default. */
  readonly throttleBytesPerSecond?: number;
  /** The portal's clock in UTC milliseconds. */
  readonly now?: () => number;
  /** Where made media is kept; may be shared by several portals. Default `dir`/media. */
  readonly mediaCacheDir?: string;
  /** Without it, mails are written as .eml files into `dir`/mailbox. */
  readonly smtp?: SmtpOptions;
  /** Told after each demo asset whose media is ready. */
  readonly onProgress?: (made: number, total: number, title: string) => void;
  /** One line each; never an address, a code, a token or a signature. */
  readonly log?: (line: string) => void;
  readonly onRequest?: (entry: RequestEntry) => void;
  /** Aborts a start that is still making media. */
  readonly signal?: AbortSignal;
}

/** What has passed through a portal since it started. */
export interface PortalCounters {
  requests: number;
  linksIssued: number;
  fileBytesSent: number;
  mailsSent: number;
  /** File answers whose reader is still there. */
  openFileBodies: number;
}

/** What the publisher may change in an asset from outside. */
export type AssetPatch = Partial<Omit<PortalAsset, 'id' | 'version' | 'changedAtMs'>>;

/** A running portal. */
export interface Portal {
  /** Such as `http://127.0.0.1:41234`, without a final slash. */
  readonly url: string;
  readonly instanceId: string;
  readonly mailboxDir: string;
  readonly counters: Readonly<PortalCounters>;
  /** Ends every session of an address. */
  revokeSessions(email: string): void;
  /** Turns an asset into a tombstone that the next incremental listing tells of. */
  withdrawAsset(assetId: string): void;
  /** Changes an asset and moves it to the end of the change order. */
  touchAsset(assetId: string, patch?: AssetPatch): void;
  /** Waits until the mails that answered requests caused have left. */
  mailsSettled(): Promise<void>;
  /** Stops listening, ends running answers, waits for mails on their way, closes the database. */
  close(): Promise<void>;
}
