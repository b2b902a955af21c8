import * as z from 'zod';
import { call } from './base.ts';
import { assetId } from './values.ts';

const problem = z.object({
  /** Counts characters from 1. */
  position: z.number().int(),
  /** One sentence that names the position. */
  message: z.string(),
});

/** What templates would make of real assets, and what is wrong with them. */
export const placesPreview = z.object({
  /** None while a template cannot be understood. */
  examples: z.array(
    z.object({
      /** Null for an example that is built in, as long as the catalogue is empty. */
      assetId: assetId.nullable(),
      title: z.string(),
      /** Below the download folder, parted by slashes; empty for the folder itself. */
      folder: z.string(),
      fileName: z.string(),
    }),
  ),
  problems: z.object({ folderTemplate: problem.nullable(), nameTemplate: problem.nullable() }),
  tokens: z.array(z.object({ token: z.string(), means: z.string() })),
});
export type PlacesPreview = z.infer<typeof placesPreview>;

/** The calls for names and places. */
export const places = {
  /** A template that is not given is the one of the settings; without assets it is shown on the newest three. */
  preview: call
    .input(
      z.object({
        folderTemplate: z.string().max(500).optional(),
        nameTemplate: z.string().max(500).optional(),
        assetIds: z.array(assetId).max(20).optional(),
      }),
    )
    .output(placesPreview),
};
