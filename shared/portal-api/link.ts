import { z } from 'zod';

/**
 * Answer of `POST /api/v1/renditions/{id}/link`: where the bytes are for a short while.
 *
 * The address expires; what identifies the file is `sha256`, never the address.
 */
export const renditionLinkSchema = z
  .object({
    url: z.string(),
    expiresAtMs: z.number().int(),
    nowMs: z.number().int(),
    fileName: z.string(),
    sizeBytes: z.number().int().positive(),
    sha256: z.string(),
    etag: z.string(),
  })
  .meta({ id: 'RenditionLink' });
/** Parsed form of {@link renditionLinkSchema}. */
export type RenditionLink = z.infer<typeof renditionLinkSchema>;
