import { z } from 'zod';
import { PortalFailure } from '../portal-failure.ts';

const changeCursorSchema = z.object({ portal: z.string(), seq: z.number().int().nonnegative() });

const pageCursorSchema = z.object({
  portal: z.string(),
  /** Undefined for a full listing; otherwise the change the listing starts after. */
  since: z.number().int().nonnegative().optional(),
  /** Last change when the listing began. */
  upTo: z.number().int().nonnegative(),
  /** Last key of the page before: an asset id in a full listing, a change number in an incremental one. */
  after: z.number().int().nonnegative(),
});

/** Where an incremental listing starts. */
export type ChangeCursor = z.infer<typeof changeCursorSchema>;
/** Where the next page of a listing starts. */
export type PageCursor = z.infer<typeof pageCursorSchema>;

/** Packs a cursor into the opaque text that travels in addresses. */
export function packCursor(cursor: ChangeCursor | PageCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Reads the cursor of an incremental listing; refuses one of another portal, whose numbers mean something else. */
export function readChangeCursor(text: string, portal: string): ChangeCursor {
  return unpack({ text, portal, schema: changeCursorSchema });
}

/** Reads the cursor of a next page. */
export function readPageCursor(text: string, portal: string): PageCursor {
  return unpack({ text, portal, schema: pageCursorSchema });
}

function unpack<T extends { portal: string }>(job: {
  text: string;
  portal: string;
  schema: z.ZodType<T>;
}): T {
  const parsed = job.schema.safeParse(parseJson(Buffer.from(job.text, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data.portal !== job.portal) {
    throw new PortalFailure('CURSOR_INVALID', 'The cursor is not one of this portal; list from the start.');
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
