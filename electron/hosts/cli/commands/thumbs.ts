import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { wholeNumber } from '../option-values.ts';
import { absolutePath } from '../session.ts';
import { countText } from '../text.ts';

interface ThumbsOptions {
  readonly strip?: number;
  readonly out: string;
}

/** `thumbs FILE|CLIP --out DIR`: pictures of any file, in the library or not. */
export function addThumbsCommand(program: Command, host: CommandHost): void {
  program
    .command('thumbs <file-or-clip>')
    .description('make a poster, and a filmstrip, of a file or clip')
    .option('--strip <n>', 'a filmstrip of so many frames', wholeNumber({ min: 1, max: 60 }))
    .requiredOption('--out <dir>', 'the folder to write them to')
    .action(
      host.action(async (session, given: string, options: ThumbsOptions) => {
        const target = await targetOf(given);
        const made = await session.withCore((client) =>
          client.thumbs.make(
            { target, strip: options.strip, outDir: absolutePath(options.out) },
            { signal: session.signal },
          ),
        );
        const strip = made.strip === undefined ? [] : [`${made.strip} (${countText(made.frames, 'frame')})`];
        session.out.result(made, made.poster === null ? [] : [made.poster, ...strip]);
        if (made.poster === null) {
          throw new RushesError('MEDIA_FAILED', made.reason ?? 'No picture could be made of it.');
        }
      }),
    );
}

/** A file of that name goes first; what looks like an id and is no file is a clip. */
async function targetOf(given: string): Promise<{ file: string } | { clipId: ClipId }> {
  const file = absolutePath(given);
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  const looksLikeId = /^[0-9a-f-]{36}$/i.test(given);
  return exists || !looksLikeId ? { file } : { clipId: given as ClipId };
}
