import type { Command } from 'commander';
import type { PlacesPreview } from '../../../../shared/contract/places.ts';
import type { AssetId } from '../../../../shared/contract/values.ts';
import { nameTokens } from '../../../../shared/domain/name-tokens.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { columns } from '../text.ts';

interface PreviewOptions {
  readonly folderTemplate?: string;
  readonly nameTemplate?: string;
}

/** `places preview`, `places tokens`. */
export function addPlacesCommands(program: Command, host: CommandHost): void {
  const places = program.command('places').description('where downloads go, and what they are called');

  places
    .command('preview [asset...]')
    .description('show what templates make of assets; without ids, of the newest three')
    .option(
      '--folder-template <text>',
      'folders below the download folder; that of the settings when not given',
    )
    .option('--name-template <text>', 'file names; that of the settings when not given')
    .action(
      host.action(async ({ out, withCore }, given: string[], options: PreviewOptions) => {
        const { folderTemplate, nameTemplate } = options;
        const assetIds = given.length === 0 ? undefined : (given as AssetId[]);
        const preview = await withCore((client) =>
          client.places.preview({ folderTemplate, nameTemplate, assetIds }),
        );
        refuseProblems(preview);
        out.result(
          preview,
          columns(
            preview.examples.map(({ title, folder, fileName }) => [
              title,
              folder === '' ? fileName : `${folder}/${fileName}`,
            ]),
          ),
        );
      }),
    );

  places
    .command('tokens')
    .description('list what templates can speak of')
    .action(
      host.action(({ out }) => {
        const tokens = Object.entries(nameTokens).map(([token, means]) => ({ token, means }));
        out.result({ tokens }, columns(tokens.map(({ token, means }) => [`{${token}}`, means])));
        return Promise.resolve();
      }),
    );
}

function refuseProblems({ problems }: PlacesPreview): void {
  const told = [
    ['The folders', problems.folderTemplate],
    ['The file name', problems.nameTemplate],
  ] as const;
  const [first] = told.flatMap(([what, problem]) => (problem ? [`${what}: ${problem.message}`] : []));
  if (first === undefined) return;
  throw new RushesError('USAGE', first, { hint: '"rushes places tokens" lists the tokens.' });
}
