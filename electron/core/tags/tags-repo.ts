import { v7 as newId } from 'uuid';
import type { Label } from '../../../shared/contract/library.ts';
import { tagKey } from '../../../shared/domain/tag-key.ts';
import type { Connection } from '../storage/open-database.ts';

/** All that a person can say of a clip, whole: what undo puts back. */
export interface Annotation {
  readonly clipId: string;
  readonly eventId: string | null;
  readonly day: string | null;
  readonly rating: number;
  readonly label: Label | null;
  readonly note: string;
  readonly tags: readonly string[];
}

/** A remembered change, for undo. */
export interface Action {
  readonly id: string;
  readonly before: readonly Annotation[];
  readonly after: readonly Annotation[];
}

/** What is said of clips, and the journal of how it came about. */
export function createTagsRepo(db: Connection) {
  const find = db.prepare(
    'SELECT id AS clipId, event_id AS eventId, day, rating, label, note FROM clip WHERE id = ?',
  );
  const tagsOf = db
    .prepare(
      'SELECT t.name FROM clip_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.clip_id = ? ORDER BY t.name_key',
    )
    .pluck();
  const update = db.prepare(
    'UPDATE clip SET event_id = :eventId, day = :day, rating = :rating, label = :label, note = :note WHERE id = :clipId',
  );
  const setStep = db.prepare(
    `UPDATE clip_step SET state = ?, reason = NULL WHERE clip_id = ? AND step = 'tags'`,
  );
  const clearTags = db.prepare('DELETE FROM clip_tag WHERE clip_id = ?');
  const addTag = db.prepare(
    'INSERT INTO clip_tag (clip_id, tag_id) SELECT ?, id FROM tag WHERE name_key = ? ON CONFLICT DO NOTHING',
  );
  const putTag = db.prepare(
    'INSERT INTO tag (id, name, name_key) VALUES (?, ?, ?) ON CONFLICT (name_key) DO NOTHING',
  );
  const list = db.prepare(`
    SELECT t.name, count(ct.clip_id) AS clips FROM tag t LEFT JOIN clip_tag ct ON ct.tag_id = t.id
    GROUP BY t.id ORDER BY clips DESC, t.name_key`);
  const forgetUndone = db.prepare('DELETE FROM action WHERE undone = 1');
  const insertAction = db.prepare(`
    INSERT INTO action (id, position, kind, at_ms, before_json, after_json)
    VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM action), 'annotate', :now, :before, :after)`);
  const lastDone = db.prepare(
    'SELECT id, before_json, after_json FROM action WHERE undone = 0 ORDER BY position DESC LIMIT 1',
  );
  const firstUndone = db.prepare(
    'SELECT id, before_json, after_json FROM action WHERE undone = 1 ORDER BY position LIMIT 1',
  );
  const setUndone = db.prepare('UPDATE action SET undone = ? WHERE id = ?');

  return {
    find: (clipId: string): Annotation | null => {
      const row = find.get(clipId) as Omit<Annotation, 'tags'> | undefined;
      return row ? { ...row, tags: tagsOf.all(clipId) as string[] } : null;
    },
    write: (annotation: Annotation): void => {
      const { tags, ...plain } = annotation;
      update.run(plain);
      clearTags.run(annotation.clipId);
      for (const name of tags) {
        const key = tagKey(name);
        putTag.run(newId(), name, key);
        addTag.run(annotation.clipId, key);
      }
      setStep.run(isEmpty(annotation) ? 'none' : 'done', annotation.clipId);
    },
    list: () => list.all() as { name: string; clips: number }[],
    remember: (change: Omit<Action, 'id'>, now: number): string => {
      const id = newId();
      // A new change after an undo ends the way back to what was undone, as in every editor.
      forgetUndone.run();
      insertAction.run({
        id,
        now,
        before: JSON.stringify(change.before),
        after: JSON.stringify(change.after),
      });
      return id;
    },
    lastDone: (): Action | null => toAction(lastDone.get()),
    firstUndone: (): Action | null => toAction(firstUndone.get()),
    setUndone: (id: string, undone: boolean): void => void setUndone.run(undone ? 1 : 0, id),
  };
}

function isEmpty(annotation: Annotation): boolean {
  const { eventId, day, rating, label, note, tags } = annotation;
  return (
    eventId === null && day === null && rating === 0 && label === null && note === '' && tags.length === 0
  );
}

function toAction(row: unknown): Action | null {
  if (row === undefined) return null;
  const { id, before_json, after_json } = row as { id: string; before_json: string; after_json: string };
  return {
    id,
    before: JSON.parse(before_json) as Annotation[],
    after: JSON.parse(after_json) as Annotation[],
  };
}
