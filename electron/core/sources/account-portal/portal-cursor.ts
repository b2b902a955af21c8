import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { cursorIn } from '../reading/cursor-text.ts';

/** Where a reading of a portal stands, in the portal's own marks. */
export interface PortalCursor {
  /** Changes after this mark are read; null reads all. */
  readonly since: string | null;
  /** Each reading begins with the events, for assets name them. */
  readonly stage: 'events' | 'assets';
  /** The page of assets that is next; null for the first one. */
  readonly page: string | null;
}

const shape = z.tuple([z.string().nullable(), z.enum(['events', 'assets']), z.string().nullable()]);

/** @throws RushesError CONFLICT when the text is none that `writePortalCursor` has made. */
export function readPortalCursor(cursor: string | null): PortalCursor {
  if (cursor === null) return { since: null, stage: 'events', page: null };
  const told = cursorIn(cursor, shape);
  if (told === null) throw new RushesError('CONFLICT', 'The place in the catalogue is not known any more.');
  const [since, stage, page] = told;
  return { since, stage, page };
}

/** Packs a place into one text. */
export function writePortalCursor({ since, stage, page }: PortalCursor): string {
  return JSON.stringify([since, stage, page]);
}
