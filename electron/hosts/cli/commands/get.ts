import { InvalidArgumentError, type Command } from 'commander';
import type { CommandHost } from '../command-host.ts';
import { finishDownloads, reportDownloads, type WaitOptions } from '../finish-downloads.ts';
import { header, wholeNumber } from '../option-values.ts';
import { absolutePath } from '../session.ts';
import { addWishOptions, wishOf, type WishOptions } from '../wish-options.ts';
import { addWaitOptions } from './download.ts';

interface GetOptions extends WaitOptions, WishOptions {
  readonly to?: string;
  readonly name?: string;
  readonly sha256?: string;
  readonly size?: number;
  readonly connections?: number;
  readonly header?: Record<string, string>;
  readonly insecureHttp?: boolean;
  readonly allowPrivate?: boolean;
}

const anyBytes = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** `get URL`: downloads one address with the same engine. */
export function addGetCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('get <url>')
    .description('download an address; given again, it goes on where it stopped')
    .option('--to <dir>', 'the folder to put it in')
    .option('--name <name>', 'the name of the file')
    .option('--sha256 <hash>', 'the hash the file must have', sha256)
    .option('--size <bytes>', 'the size the file must have', anyBytes)
    .option('--connections <n>', 'connections at most', wholeNumber({ min: 1, max: 16 }))
    .option('--header <header>', "a request header, 'Name: value'; may be repeated", header)
    .option('--insecure-http', 'allow plain http')
    .option('--allow-private', 'allow addresses of private networks');
  addWaitOptions(addWishOptions(command)).action(
    host.action(async (session, url: string, options: GetOptions) => {
      const finished = await session.withWorkingCore(async (client) => {
        const { id } = await client.downloads.addUrl({
          url,
          dir: options.to === undefined ? undefined : absolutePath(options.to),
          name: options.name,
          sha256: options.sha256,
          sizeBytes: options.size,
          connections: options.connections,
          ...wishOf(options),
          headers: options.header,
          insecureHttp: options.insecureHttp,
          allowPrivate: options.allowPrivate,
        });
        return finishDownloads(session, client, { ids: [id], options });
      });
      reportDownloads(session, finished);
    }),
  );
}

function sha256(text: string): string {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new InvalidArgumentError('It must have 64 hexadecimal digits.');
  return text;
}
