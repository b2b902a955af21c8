import { oc } from '@orpc/contract';
import * as z from 'zod';
import { errorCodes, type ErrorCode } from '../errors/codes.ts';

const errorData = z.object({
  detail: z.string().optional(),
  hint: z.string().optional(),
  retryAfterMs: z.number().optional(),
});

type ErrorMap = Record<ErrorCode, { status: number; data: typeof errorData }>;
const errorMap = Object.fromEntries(
  Object.entries(errorCodes).map(([code, { status }]) => [code, { status, data: errorData }]),
) as ErrorMap;

/** The root of every call: each may fail with one of the closed codes and with nothing else. */
export const call = oc.errors(errorMap);
