import { basename } from 'node:path';
import type { Connection } from '../storage/open-database.ts';
import type { ClipsReadRepo } from './clips-read-repo.ts';

/** Keeps the search text of clips. Called by whoever changed a clip, never by a trigger: those cost twice as much. */
export function createClipIndexRepo(db: Connection, read: ClipsReadRepo) {
  const remove = db.prepare('DELETE FROM clip_fts WHERE rowid = ?');
  const insert = db.prepare(`
    INSERT INTO clip_fts (rowid, title, file_name, tags, event, place, note)
    VALUES (:row, :title, :fileName, :tags, :event, :place, :note)`);
  return {
    refresh: (clipId: string): void => {
      const clip = read.find(clipId);
      if (!clip) return;
      remove.run(clip.row);
      insert.run({
        row: clip.row,
        title: clip.title,
        // File names are one word to a reader and several to a searcher.
        fileName: read
          .places(clipId)
          .filter(({ present }, index) => present === 1 || index === 0)
          .map(({ path }) => basename(path).replace(/[_-]+/g, ' '))
          .join('\n'),
        tags: read.tags(clipId).join('\n'),
        event: clip.event_title ?? '',
        place: clip.event_place ?? '',
        note: clip.note,
      });
    },
  };
}
export type ClipIndexRepo = ReturnType<typeof createClipIndexRepo>;
