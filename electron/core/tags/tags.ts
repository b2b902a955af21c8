import type { TagChange } from '../../../shared/contract/tags.ts';
import { tagKey } from '../../../shared/domain/tag-key.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { createTagsRepo, type Action, type Annotation } from './tags-repo.ts';

/** How many clips changed, and the step that can be undone. */
export interface Changed {
  readonly changed: number;
  readonly undo: string | null;
}

/** What people say of clips: event, day, tags, rating, label and note; every change can be undone, batches whole. */
export interface TagsArea {
  list(): { name: string; clips: number }[];
  /** @throws RushesError NOT_FOUND for an unknown clip or event; then nothing is changed. */
  apply(change: TagChange): Changed;
  undo(): Changed;
  redo(): Changed;
}

/** Builds the tags area over user.db. */
export function createTags(deps: {
  db: Connection;
  clock: Clock;
  notify: Notify;
  /** Makes sure that the event is the user's own before a clip points at it. */
  adoptEvent: (eventId: string) => void;
  reindex: (clipId: string) => void;
}): TagsArea {
  const repo = createTagsRepo(deps.db);

  const write = (annotations: readonly Annotation[]): void => {
    for (const annotation of annotations) {
      repo.write(annotation);
      deps.reindex(annotation.clipId);
    }
  };
  const tell = (annotations: readonly Annotation[]): void => {
    for (const { clipId } of annotations) deps.notify('clip', clipId);
    deps.notify('tag');
    deps.notify('event');
  };
  const step = (action: Action | null, back: boolean): Changed => {
    if (!action) return { changed: 0, undo: null };
    // A clip may have left the library since; what is still there is put back.
    const target = (back ? action.before : action.after).filter(({ clipId }) => repo.find(clipId) !== null);
    atomic(deps.db, () => {
      write(target);
      repo.setUndone(action.id, back);
    })();
    tell(target);
    return { changed: target.length, undo: back ? null : action.id };
  };

  return {
    list: () => repo.list(),
    apply: (change) => {
      const outcome = atomic(deps.db, () => {
        if (change.eventId) deps.adoptEvent(change.eventId);
        const before = [...new Set(change.clipIds)].map((id) => {
          const found = repo.find(id);
          if (!found) throw new RushesError('NOT_FOUND', `There is no clip ${id}; nothing was changed.`);
          return found;
        });
        const pairs = before
          .map((was) => ({ was, now: changeOne(was, change) }))
          .filter(({ was, now }) => JSON.stringify(was) !== JSON.stringify(now));
        if (pairs.length === 0) return { after: [], undo: null };
        const after = pairs.map(({ now }) => now);
        write(after);
        return {
          after,
          undo: repo.remember({ before: pairs.map(({ was }) => was), after }, deps.clock.now()),
        };
      })();
      if (outcome.after.length > 0) tell(outcome.after);
      return { changed: outcome.after.length, undo: outcome.undo };
    },
    undo: () => step(repo.lastDone(), true),
    redo: () => step(repo.firstUndone(), false),
  };
}

function changeOne(was: Annotation, change: TagChange): Annotation {
  const removed = new Set((change.remove ?? []).map(tagKey));
  const kept = was.tags.filter((name) => !removed.has(tagKey(name)));
  const known = new Set(kept.map(tagKey));
  const added: string[] = [];
  for (const name of change.add ?? []) {
    if (known.has(tagKey(name))) continue;
    known.add(tagKey(name));
    added.push(name.normalize('NFC'));
  }
  return {
    clipId: was.clipId,
    eventId: change.eventId === undefined ? was.eventId : change.eventId,
    day: change.day === undefined ? was.day : change.day,
    rating: change.rating ?? was.rating,
    label: change.label === undefined ? was.label : change.label,
    note: change.note ?? was.note,
    tags: [...kept, ...added].sort((a, b) => (tagKey(a) < tagKey(b) ? -1 : 1)),
  };
}
