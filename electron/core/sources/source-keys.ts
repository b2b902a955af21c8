import type { SecretStore } from '../secrets/secret-store.ts';

/** The user's own keys for sources. They lie in the secret store and nowhere else. */
export interface SourceKeys {
  get(sourceId: string): Promise<string | null>;
  /** Null forgets it. */
  set(sourceId: string, key: string | null): Promise<void>;
}

/** Builds the keys over the secret store. */
export function createSourceKeys(secrets: SecretStore): SourceKeys {
  const nameOf = (sourceId: string): string => `source-key:${sourceId}`;
  return {
    get: (sourceId) => secrets.get(nameOf(sourceId)),
    set: (sourceId, key) =>
      key === null ? secrets.delete(nameOf(sourceId)) : secrets.set(nameOf(sourceId), key),
  };
}
