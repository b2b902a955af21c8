import * as z from 'zod';
import { call } from './base.ts';
import { day, eventId, person } from './values.ts';

/** A dated happening that assets and clips belong to. Days are inclusive. */
export const event = z.object({
  id: eventId,
  title: z.string(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  place: z.string().nullable(),
  people: z.array(person),
  organisations: z.array(z.string()),
  summary: z.string().nullable(),
  origin: z.enum(['catalogue', 'person']),
  assets: z.number().int(),
  clips: z.number().int(),
});
export type Event = z.infer<typeof event>;

const fields = z.object({
  title: z.string().trim().min(1).max(300),
  firstDay: day.nullable().optional(),
  lastDay: day.nullable().optional(),
  place: z.string().max(300).nullable().optional(),
  summary: z.string().max(10_000).nullable().optional(),
});

/** The calls of the events. */
export const events = {
  list: call
    .input(z.object({ query: z.string().max(500).optional() }))
    .output(z.object({ events: z.array(event) })),
  get: call.input(z.object({ id: eventId })).output(event),
  create: call.input(fields).output(event),
  update: call.input(fields.partial().extend({ id: eventId })).output(event),
};
