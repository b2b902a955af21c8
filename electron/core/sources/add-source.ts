import { v7 as newId } from 'uuid';
import { findKind } from './find-kind.ts';
import { policyFor, readGivenAddress } from './given-address.ts';
import { usualMinutes } from './next-sync.ts';
import type { SourceOpener } from './open-source.ts';
import type { SourceKeys } from './source-keys.ts';
import type { SourceKind } from './source-model.ts';
import type { SourcesRepo } from './sources-repo.ts';

/** Who adds a source mostly has it read at once; it is read by itself a moment later, in milliseconds. */
const firstRestMs = 10_000;

/** What is taken of the name that a source gives itself, in characters; some call a paragraph their title. */
const longestName = 200;

/** What the user gives to add a source. */
export interface NewSource {
  readonly url: string;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly allowPrivate?: boolean | undefined;
}

/**
 * Finds out what answers at an address and keeps it as a source; one that is known by its identity or its address is
 * brought up to date instead. Answers the id.
 *
 * @throws RushesError as `findKind`; USAGE when it is no address.
 */
export function createAddSource(deps: {
  readonly repo: SourcesRepo;
  readonly kinds: readonly SourceKind[];
  readonly keys: SourceKeys;
  readonly opener: SourceOpener;
  readonly now: () => number;
}): (wanted: NewSource, signal: AbortSignal) => Promise<string> {
  const { repo, keys } = deps;
  return async (wanted, signal) => {
    const { url, folder } = readGivenAddress(wanted.url);
    const reach = {
      insecureHttp: wanted.insecureHttp ?? false,
      allowPrivate: wanted.allowPrivate ?? false,
    };
    const at = { ...reach, url: url.href };
    const key = wanted.key?.trim() || null;
    const look = { url, folder, ask: deps.opener.asker(at), policy: policyFor(at), key, signal };
    const { kind, description: found } = await findKind(deps.kinds, look, wanted.kind);
    const identity = { kind: kind.kind, url: found.url, instanceId: instanceOf(kind, found.instanceId) };
    const known = repo.findSame(identity);
    const fields = {
      ...identity,
      ...reach,
      id: known?.id ?? newId(),
      name: wanted.name?.trim() || (known?.name ?? found.name.slice(0, longestName)),
      mailbox: found.mailbox ?? null,
      settings: found.settings ?? {},
      how: found.how,
    };
    // The key first: a source without the key that was given for it would be asked in vain.
    if (key !== null && kind.takesKey) await keys.set(fields.id, key);
    const now = deps.now();
    if (known) repo.update(fields);
    else repo.insert(fields, { now, everyMinutes: usualMinutes[kind.kind], nextAtMs: now + firstRestMs });
    return fields.id;
  };
}

/** A source's own identity, apart from what another kind may call by the same words. */
function instanceOf({ kind }: SourceKind, instanceId: string | null): string | null {
  return instanceId === null || kind === 'account-portal' ? instanceId : `${kind}:${instanceId}`;
}
