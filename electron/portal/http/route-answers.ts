import type { z } from 'zod';
import { portalErrorBodySchema } from '../../../shared/portal-api/errors.ts';

/** Describes a JSON body of a request. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { content: { 'application/json': { schema } }, required: true as const };
}

/** Describes a JSON answer. */
export function jsonAnswer<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } };
}

/** Describes a refusal, naming its codes. */
export function refusal(...codes: string[]) {
  return jsonAnswer(codes.join(', '), portalErrorBodySchema);
}

/** Reads the token of an `Authorization: Bearer` header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w-]{16,200})$/i.exec(authorization?.trim() ?? '')?.[1];
}
