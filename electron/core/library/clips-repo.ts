import { v7 as newId } from 'uuid';
import type { ClipStep } from '../../../shared/contract/library.ts';
import type { Evidence } from '../../../shared/contract/values.ts';
import type { Connection } from '../storage/open-database.ts';

/** A clip as it is first known. */
export interface NewClip {
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
  readonly title: string;
}

/** What a download brings along beside the bytes. */
export interface ClipOrigin {
  readonly sourceId: string | null;
  readonly assetId: string | null;
  readonly downloadId: string;
  readonly provenanceJson: string;
  readonly rightsJson: string | null;
}

/** Where a clip lies. */
export interface ClipPlace {
  readonly clipId: string;
  readonly rootId: string | null;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/** A place as it is stored. `rootId` is null for a file that no watched folder holds. */
export interface StoredPlace {
  id: number;
  clipId: string;
  rootId: string | null;
  path: string;
  sizeBytes: number;
  modifiedAtMs: number;
  present: number;
}

/** The writing half of the clip tables. */
export function createClipsRepo(db: Connection) {
  const byFingerprint = db.prepare('SELECT id FROM clip WHERE fingerprint = ?').pluck();
  const insert = db.prepare(`
    INSERT INTO clip (id, fingerprint, size_bytes, sha256, title, created_at_ms)
    VALUES (:id, :fingerprint, :sizeBytes, :sha256, :title, :now)`);
  const insertStep = db.prepare(`INSERT INTO clip_step (clip_id, step, state) VALUES (?, ?, ?)`);
  const setStep = db.prepare(
    'UPDATE clip_step SET state = :state, reason = :reason WHERE clip_id = :id AND step = :step',
  );
  const setOrigin = db.prepare(`
    UPDATE clip SET source_id = :sourceId, asset_id = :assetId, download_id = :downloadId,
      provenance_json = :provenanceJson, rights_json = :rightsJson, title = :title WHERE id = :id`);
  const setHash = db.prepare('UPDATE clip SET sha256 = ? WHERE id = ?');
  const setProbe = db.prepare('UPDATE clip SET probe_json = ? WHERE id = ?');
  const setPictures = db.prepare(
    'UPDATE clip SET poster_at_ms = :posterAtMs, strip_frames = :stripFrames WHERE id = :id',
  );
  const putPlace = db.prepare(`
    INSERT INTO clip_place (clip_id, root_id, path, size_bytes, modified_at_ms, present)
    VALUES (:clipId, :rootId, :path, :sizeBytes, :modifiedAtMs, 1)
    ON CONFLICT (path) DO UPDATE SET clip_id = excluded.clip_id, root_id = coalesce(excluded.root_id, root_id),
      size_bytes = excluded.size_bytes, modified_at_ms = excluded.modified_at_ms, present = 1`);
  const setPresent = db.prepare('UPDATE clip_place SET present = ? WHERE id = ?');
  const placeColumns =
    'id, clip_id AS clipId, root_id AS rootId, path, size_bytes AS sizeBytes, modified_at_ms AS modifiedAtMs, present';
  const placesOfRoot = db.prepare(`SELECT ${placeColumns} FROM clip_place WHERE root_id = ?`);
  const placeAt = db.prepare(`SELECT ${placeColumns} FROM clip_place WHERE path = ?`);
  const firstPlace = db
    .prepare('SELECT path FROM clip_place WHERE clip_id = ? AND present = 1 ORDER BY id LIMIT 1')
    .pluck();
  const putEvidence = db.prepare(`
    INSERT INTO evidence (id, clip_id, field, value, rule, source_text, confidence, state, created_at_ms)
    VALUES (:id, :clipId, :field, :value, :rule, :sourceText, :confidence, 'accepted', :now)
    ON CONFLICT (clip_id, field, value, rule) DO NOTHING`);
  const untouched = db.prepare('SELECT day IS NULL AND event_id IS NULL AS n FROM clip WHERE id = ?').pluck();
  const setDayAndEvent = db.prepare('UPDATE clip SET day = :day, event_id = :eventId WHERE id = :id');

  return {
    idOf: (fingerprint: string): string | null =>
      (byFingerprint.get(fingerprint) as string | undefined) ?? null,
    insert: (clip: NewClip, now: number): string => {
      const id = newId();
      insert.run({ ...clip, id, now });
      const steps: [ClipStep, string][] = [
        ['bytes', 'done'],
        ['hash', clip.sha256 === null ? 'todo' : 'done'],
        ['probe', 'todo'],
        ['picture', 'todo'],
        ['tags', 'none'],
      ];
      for (const [step, state] of steps) insertStep.run(id, step, state);
      return id;
    },
    setStep: (id: string, step: ClipStep, to: { state: string; reason: string | null }): void =>
      void setStep.run({ id, step, ...to }),
    setOrigin: (id: string, origin: ClipOrigin & { title: string }): void =>
      void setOrigin.run({ id, ...origin }),
    setHash: (id: string, sha256: string): void => void setHash.run(sha256, id),
    setProbe: (id: string, probeJson: string): void => void setProbe.run(probeJson, id),
    setPictures: (id: string, made: { posterAtMs: number | null; stripFrames: number }): void =>
      void setPictures.run({ id, ...made }),
    putPlace: (place: ClipPlace): void => void putPlace.run(place),
    setPresent: (placeId: number, present: boolean): void => void setPresent.run(present ? 1 : 0, placeId),
    placesOfRoot: (rootId: string) => placesOfRoot.all(rootId) as StoredPlace[],
    /** What is known of a path, whichever root it was found through. */
    placeAt: (path: string) => placeAt.get(path) as StoredPlace | undefined,
    /** Where the clip's bytes can be read now, or null. */
    pathOf: (id: string): string | null => (firstPlace.get(id) as string | undefined) ?? null,
    /** Whether neither a day nor an event was set yet, by anybody. */
    isUntouched: (id: string): boolean => untouched.get(id) === 1,
    setDayAndEvent: (id: string, to: { day: string | null; eventId: string | null }): void =>
      void setDayAndEvent.run({ id, ...to }),
    putEvidence: (clipId: string, evidence: Evidence, now: number): void =>
      void putEvidence.run({ id: newId(), clipId, ...evidence, now }),
  };
}
export type ClipsRepo = ReturnType<typeof createClipsRepo>;
