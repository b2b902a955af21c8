import type { OpenAPIHono } from '@hono/zod-openapi';

/** What travels with one request. */
export interface PortalEnv {
  Variables: {
    /** Set by answers with a long body; resolves with the bytes that were sent. */
    bodyEnd: Promise<number> | undefined;
  };
}

/** The app that routes are added to. */
export type PortalApp = OpenAPIHono<PortalEnv>;
