import type { Saved, SaveTo } from './save-to.ts';
import type { Hop } from './way-out.ts';

/** What a request may reach. Refused addresses end in a fault of kind `refused-address` before a byte is sent. */
export interface AddressPolicy {
  /** Plain http is allowed; else only https. */
  readonly insecureHttp: boolean;
  /** Loopback, link-local and private addresses are allowed. */
  readonly allowPrivate: boolean;
  /** Loopback and plain http are allowed for this one host name, the source's own. */
  readonly loopbackHost?: string;
}

/** A request. Redirects are never followed by the client: the caller sees the 3xx and decides. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value to send. */
  readonly json?: unknown;
  readonly policy: AddressPolicy;
  readonly signal?: AbortSignal;
  /** Longest time to the response head, in milliseconds; 20,000 unless told. */
  readonly headTimeoutMs?: number;
  /** Longest silence within the body, in milliseconds; 30,000 unless told. */
  readonly idleTimeoutMs?: number;
  /** The body is meant for a file: the transport may then offer to write it itself, by `save`. */
  readonly toFile?: boolean;
}

/** A response whose body has not been read yet; exactly one of the readers is called. */
export interface HttpResponse {
  readonly status: number;
  /** Header names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body in chunks as they come. Ending the iteration early closes the connection. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The whole body as JSON; a fault of kind `bad-content` when it is none or larger than `maxBytes`. */
  json(maxBytes?: number): Promise<unknown>;
  /** The whole body as bytes. */
  bytes(maxBytes?: number): Promise<Uint8Array>;
  /** Lets the body go unread. */
  discard(): Promise<void>;
  /** Has the transport write the body to a file itself, where it can. One more reader. */
  readonly save?: (to: SaveTo) => Promise<Saved>;
}

/** Asks servers, within an address policy. */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The ways on which an address is asked, in their order. @throws HttpFault */
  route(url: string): Promise<readonly Hop[]>;
  close(): Promise<void>;
}

/** Why no usable answer came. */
export type HttpFaultKind =
  | 'refused-address'
  | 'unreachable'
  | 'disconnected'
  | 'timeout'
  | 'certificate'
  | 'protocol'
  | 'bad-content'
  | 'cancelled'
  /** A proxy wants a name and password that it has not got; the message says which sign-ins it offers. */
  | 'proxy-sign-in'
  /** No proxy on the way can be reached, or it cannot be told which to take. */
  | 'proxy-unreachable'
  /** This machine has no network. */
  | 'offline'
  /** A certificate does not hold, most likely because this machine's clock is wrong. */
  | 'clock';

/** A failure of the way, not an answer of the server. `message` is one sentence without secrets. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly kind: HttpFaultKind;

  constructor(kind: HttpFaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
