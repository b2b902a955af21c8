import { z } from 'zod';

/** A calendar day as text. It never becomes a Date: a day has no time zone. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The longest name or title, the longest text and the longest list that are taken: a page has to show them all. */
const lineSchema = z.string().max(2000);
const textSchema = z.string().max(1_000_000);
const longestList = 1000;

const peopleSchema = z.array(z.object({ name: lineSchema, role: lineSchema.optional() })).max(longestList);
const namesSchema = z.array(lineSchema).max(longestList);

/** Asset ids are numbers, carried as text. */
export const assetIdSchema = z.string().regex(/^[1-9]\d{0,15}$/);

/**
 * Where an asset stands with its publisher.
 *
 * `expected` is announced and has no files yet; `withdrawn` is a tombstone: id, story and title stay,
 * the other texts and the renditions are empty.
 */
export const assetStatusSchema = z.enum(['usable', 'expected', 'embargoed', 'withheld', 'withdrawn']);
/** Parsed form of {@link assetStatusSchema}. */
export type PortalAssetStatus = z.infer<typeof assetStatusSchema>;

/** One downloadable file of an asset. */
export const renditionSchema = z
  .object({
    id: lineSchema,
    role: z.enum(['master', 'web', 'subtitled', 'b-roll', 'proxy']),
    fileName: lineSchema,
    container: lineSchema,
    videoCodec: lineSchema,
    audioCodec: lineSchema.nullable(),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    /** Frame rate as a fraction: 30000/1001, never 29.97. */
    rateNum: z.number().int().positive(),
    rateDen: z.number().int().positive(),
    scan: z.enum(['progressive', 'interlaced']),
    dropFrame: z.boolean(),
    /** `HH:MM:SS:FF`, with `;` before the frames when drop-frame; null when the file carries none. */
    startTimecode: lineSchema.nullable(),
    /** Bits a second. */
    bitrate: z.number().int().positive().nullable(),
    sizeBytes: z.number().int().positive().nullable(),
    durationMs: z.number().int().positive().nullable(),
    language: lineSchema.nullable(),
    /** SHA-256 of the bytes, 64 hexadecimal digits. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    /** The strong ETag that the file route answers with, quotes included. */
    etag: lineSchema.nullable(),
  })
  .meta({ id: 'Rendition' });
/** Parsed form of {@link renditionSchema}. */
export type PortalRendition = z.infer<typeof renditionSchema>;

/** What may be done with an asset; "free for editorial use" and "holds third-party material" are two facts. */
export const rightsSchema = z
  .object({
    usageText: textSchema,
    creditLine: lineSchema,
    editorialOnly: z.boolean(),
    thirdParty: lineSchema.nullable(),
    embargoUntilMs: z.number().int().optional(),
    expiresAtMs: z.number().int().optional(),
    territories: lineSchema.nullable(),
  })
  .meta({ id: 'Rights' });
/** Parsed form of {@link rightsSchema}. */
export type PortalRights = z.infer<typeof rightsSchema>;

/** One story in one version, as the catalogue tells it. */
export const assetSchema = z
  .object({
    id: assetIdSchema,
    /** Changes whenever anything in the asset does; compare for equality only. */
    version: lineSchema,
    changedAtMs: z.number().int(),
    /** Groups the versions of one story. */
    story: lineSchema,
    versionKind: z.enum(['master', 'subtitled', 'b-roll']),
    status: assetStatusSchema,
    embargoUntilMs: z.number().int().optional(),
    title: lineSchema,
    teaser: textSchema,
    synopsis: textSchema,
    /** Verbatim text in whichever layout the desk used; empty when there is none. */
    shotlist: textSchema,
    transcript: textSchema,
    publishedAtMs: z.number().int(),
    publishedDay: daySchema,
    /** When the pictures were taken: another fact than the day of publication. */
    filmedFirstDay: daySchema.optional(),
    filmedLastDay: daySchema.optional(),
    eventId: lineSchema.optional(),
    place: lineSchema,
    country: lineSchema,
    people: peopleSchema,
    organisations: namesSchema,
    keywords: namesSchema,
    language: lineSchema,
    durationMs: z.number().int().positive().nullable(),
    rights: rightsSchema,
    pageUrl: lineSchema,
    /** Relative to the portal's own address, such as `/pictures/412001.jpg`. */
    pictureUrl: lineSchema,
    renditions: z.array(renditionSchema).max(longestList),
  })
  .meta({ id: 'Asset' });
/** Parsed form of {@link assetSchema}. */
export type PortalAsset = z.infer<typeof assetSchema>;

/** A dated happening that assets belong to. */
export const portalEventSchema = z
  .object({
    id: lineSchema,
    title: lineSchema,
    firstDay: daySchema,
    lastDay: daySchema,
    place: lineSchema,
    country: lineSchema,
    people: peopleSchema,
    organisations: namesSchema,
    summary: textSchema,
    publishedDay: daySchema,
    pageUrl: lineSchema,
  })
  .meta({ id: 'Event' });
/** Parsed form of {@link portalEventSchema}. */
export type PortalEvent = z.infer<typeof portalEventSchema>;
