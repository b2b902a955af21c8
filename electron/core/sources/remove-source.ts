import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Notify } from '../ports.ts';
import type { SourceKeys } from './source-keys.ts';
import type { SourceConfig } from './source-model.ts';
import type { SourcesRepo } from './sources-repo.ts';

/** Removes sources with all that is known of them, in steps of which any may be the last before a kill. */
export interface SourceRemoval {
  /** Cut short, it is taken up by `finish`. */
  remove(id: string): Promise<void>;
  /** Removes what was left half-removed. */
  finish(): Promise<void>;
  /** The same source. @throws RushesError NOT_FOUND when it is being removed. */
  staying(config: SourceConfig): SourceConfig;
}

/**
 * Builds the removal of sources. That it is to go is written down with the source first, and the source itself goes
 * last: whatever comes between, it is either as it was or still there to be removed, and leaves nothing behind.
 */
export function createSourceRemoval(deps: {
  readonly repo: SourcesRepo;
  readonly keys: SourceKeys;
  readonly notify: Notify;
  readonly onRemoved: (sourceId: string) => Promise<void>;
}): SourceRemoval {
  const { repo, notify } = deps;
  const finish = async (id: string): Promise<void> => {
    await deps.onRemoved(id);
    await deps.keys.set(id, null);
    repo.remove(id);
    notify('source', id);
    notify('asset');
  };
  return {
    remove: async (id) => {
      repo.markBeingRemoved(id);
      notify('source', id);
      await finish(id);
    },
    finish: async () => {
      for (const id of repo.beingRemoved()) await finish(id);
    },
    staying: (config) => {
      if (!repo.beingRemoved().includes(config.id)) return config;
      throw new RushesError('NOT_FOUND', `The source ${config.name} is being removed.`);
    },
  };
}
