/** One way out of the house. `url` is `http://host:port` or `https://host:port`, without credentials. */
export type Hop = { readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly url: string };

/** What a proxy that asks for it is told. */
export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

/** Knows which way an address goes, and what came of it. */
export interface Routes {
  /**
   * The ways to an address, in the order in which they are to be tried; at least one.
   *
   * @throws HttpFault `proxy-unreachable` when it cannot be told: a proxy script that is missing or broken.
   */
  find(url: URL): Promise<readonly Hop[]>;
  /** Null when there are none. */
  credentials(proxyUrl: string): Promise<ProxyCredentials | null>;
  /** A proxy could not be reached: the others go first for a while. */
  failed(proxyUrl: string): void;
  /** Rises when the ways may have changed: connections made before are not used again. */
  generation(): number;
}

/** Every address straight, as in a house without a proxy. */
export const straight: Routes = {
  find: async () => [{ kind: 'direct' }],
  credentials: async () => null,
  failed: () => undefined,
  generation: () => 0,
};
