import type { PlacesPreview } from '../../../shared/contract/places.ts';
import type { AssetId } from '../../../shared/contract/values.ts';
import { parseTemplate, type ParsedTemplate } from '../../../shared/domain/name-template.ts';
import { nameTokens } from '../../../shared/domain/name-tokens.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { FindPlace, PlaceWish } from '../downloads/find-place.ts';
import { ensureDir } from '../files/ensure-dir.ts';
import { builtInExamples } from './built-in-examples.ts';
import { assertInside, findFolder } from './find-folder.ts';
import { factsOfAddress, type PlaceFacts } from './place-facts.ts';
import { fitted, pathLimit, relativePlace, type RelativePlace, type Templates } from './relative-place.ts';

const previewed = 3;

/** Finds places by the templates of the settings, and shows what templates would do. */
export interface PlacesArea extends FindPlace {
  preview(input: {
    readonly folderTemplate?: string | undefined;
    readonly nameTemplate?: string | undefined;
    readonly assetIds?: readonly AssetId[] | undefined;
  }): PlacesPreview;
}

/** Builds the area. */
export function createPlaces(deps: {
  readonly settings: () => {
    readonly downloadDir: string;
    readonly folderTemplate: string;
    readonly nameTemplate: string;
  };
  /** What the catalogue knows of an asset and of one of its renditions (`best` for the one that is usually taken). */
  readonly factsOf: (assetId: string, rendition: string) => PlaceFacts;
  readonly newestAssets: (count: number) => readonly AssetId[];
  readonly platform: NodeJS.Platform;
}): PlacesArea {
  const limit = pathLimit(deps.platform);
  const factsOf = ({ of, fileName }: PlaceWish): PlaceFacts =>
    of.kind === 'address'
      ? factsOfAddress(of.url, fileName)
      : { ...deps.factsOf(of.assetId, of.renditionId), fileName };

  const placeOf = (wish: PlaceWish): RelativePlace => {
    const { folderTemplate, nameTemplate } = deps.settings();
    // Settings refuse a template that cannot be understood; one that is there all the same must not stop a download.
    const templates = bothOf(folderTemplate, nameTemplate).templates ?? plainTemplates;
    const place = fitted(wish.base, relativePlace(templates, factsOf(wish)), limit);
    if (place !== null) return place;
    throw new RushesError(
      'USAGE',
      `The folder ${wish.base} is too deep: no path in it would be short enough.`,
    );
  };

  return {
    find: async (wish) => {
      const place = placeOf(wish);
      await ensureDir(wish.base);
      const dir = await findFolder(wish.base, place.folders);
      await ensureDir(dir);
      // Once more, for what was made in between.
      await assertInside(wish.base, dir);
      return { dir, fileName: place.fileName };
    },

    nameOf: (wish) => placeOf(wish).fileName,

    preview: ({ folderTemplate, nameTemplate, assetIds }) => {
      const settings = deps.settings();
      const parsed = bothOf(folderTemplate ?? settings.folderTemplate, nameTemplate ?? settings.nameTemplate);
      const { templates } = parsed;
      const ids = assetIds ?? deps.newestAssets(previewed);
      const shown = ids.map((assetId) => ({ assetId, facts: deps.factsOf(assetId, 'best') }));
      const examples = shown.length > 0 ? shown : builtInExamples.map((facts) => ({ assetId: null, facts }));
      return {
        examples: templates
          ? examples.map(({ assetId, facts }) => {
              const relativeTo = relativePlace(templates, facts);
              const { folders, fileName } = fitted(settings.downloadDir, relativeTo, limit) ?? relativeTo;
              return { assetId, title: facts.known.title ?? '', folder: folders.join('/'), fileName };
            })
          : [],
        problems: parsed.problems,
        tokens: Object.entries(nameTokens).map(([token, means]) => ({ token, means })),
      };
    },
  };
}

const plainTemplates: Templates = { folders: [], name: [] };

function bothOf(
  folderTemplate: string,
  nameTemplate: string,
): { templates: Templates | null; problems: PlacesPreview['problems'] } {
  const folder = parseTemplate(folderTemplate, 'folder');
  const name = parseTemplate(nameTemplate, 'name');
  const problems = { folderTemplate: problemOf(folder), nameTemplate: problemOf(name) };
  if (!folder.ok || !name.ok) return { templates: null, problems };
  return { templates: { folders: folder.parts, name: name.parts[0] ?? [] }, problems };
}

function problemOf(parsed: ParsedTemplate): PlacesPreview['problems']['nameTemplate'] {
  return parsed.ok ? null : parsed.problem;
}
