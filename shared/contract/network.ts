import * as z from 'zod';
import { call } from './base.ts';
import { finding } from './system.ts';
import { timeMs } from './values.ts';

/** How a request leaves the house: straight, or through one of the proxies that are tried in this order. */
export const networkHop = z.object({
  kind: z.enum(['direct', 'proxy']),
  /** `http://host:port` or `https://host:port`; null when direct. */
  url: z.string().nullable(),
});
export type NetworkHop = z.infer<typeof networkHop>;

/** How Rushes gets out, as it stands now. */
export const networkStatus = z.object({
  mode: z.enum(['system', 'none', 'manual', 'pac']),
  /** The whole of it in a sentence. */
  summary: z.string(),
  /** Whether a password for the proxy is kept, sealed. */
  hasPassword: z.boolean(),
  /** The ways to the address that was asked about; null without one, empty when it cannot be told (see `problem`). */
  hops: z.array(networkHop).nullable(),
  /** Why the ways cannot be told: a proxy script that is missing or broken. */
  problem: z.string().nullable(),
  certificates: z.object({
    /** How many authorities are believed, the added ones included. */
    trusted: z.number().int(),
    added: z.number().int(),
    file: z.string(),
    problem: z.string().nullable(),
  }),
  /** The last failure of a proxy or a proxy script since the settings were changed. */
  lastFault: z.object({ message: z.string(), atMs: timeMs }).nullable(),
});
export type NetworkStatus = z.infer<typeof networkStatus>;

/** What came of trying an address, step by step, in words. */
export const networkTest = z.object({ ok: z.boolean(), steps: z.array(finding) });
export type NetworkTest = z.infer<typeof networkTest>;

const address = z.string().min(1).max(2000);

/** The calls of the network: which way an address goes, and whether that way works. */
export const network = {
  status: call.input(z.object({ url: address.optional() })).output(networkStatus),
  /** Asks the address once, as a download would, and says what works and what does not. */
  test: call.input(z.object({ url: address })).output(networkTest),
  /** Seals the password of the proxy; null forgets it. What waited for it goes on by itself. */
  setProxyPassword: call
    .input(z.object({ password: z.string().min(1).max(1000).nullable() }))
    .output(networkStatus),
};
