import { z } from 'zod';

/** Answer of `GET /api/v1/about`: what this server is, so that a client can refuse a stranger by name. */
export const aboutSchema = z
  .object({
    product: z.literal('rushes-portal'),
    apiVersion: z.literal(1),
    name: z.string(),
    /** Random once for a state folder; another value means another portal, even at the same address. */
    instanceId: z.string(),
    demo: z.boolean(),
    mail: z.enum(['smtp', 'folder']),
    /** Folder where mail lands as .eml files; only told on a loopback host, where the reader shares the disk. */
    mailbox: z.string().optional(),
    passwordRule: z.object({ minLength: z.number().int(), text: z.string() }),
    codeLifetimeMs: z.number().int(),
    nowMs: z.number().int(),
  })
  .meta({ id: 'About' });

/** Parsed form of {@link aboutSchema}. */
export type About = z.infer<typeof aboutSchema>;
