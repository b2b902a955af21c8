import type * as z from 'zod';
import { parseJson } from './read-json.ts';

/** What a cursor of ours says; null when it is none of this shape: of another version, of another kind, damaged. */
export function cursorIn<State>(text: string, shape: z.ZodType<State>): State | null {
  const parsed = shape.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}
