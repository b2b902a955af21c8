import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { replaceFile } from '../files/replace-file.ts';
import type { SecretBox } from '../ports.ts';

const fileShape = z.record(z.string(), z.object({ box: z.string(), sealed: z.string() }));

/** Names to secrets, sealed. What another box has sealed reads as absent: the user signs in again. */
export interface SecretStore {
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** The store in one file of mode 0600; secrets never go into a database, a log or an argument list. */
export function createSecretStore(deps: { file: string; box: SecretBox }): SecretStore {
  // Read and write of the one file take turns, or two changes at once would lose one.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
  const read = async (): Promise<z.infer<typeof fileShape>> => {
    const text = await readFile(deps.file, 'utf8').catch(() => null);
    const parsed = text === null ? null : fileShape.safeParse(parseJson(text));
    return parsed?.success ? parsed.data : {};
  };
  const change = (edit: (all: z.infer<typeof fileShape>) => void): Promise<void> =>
    inTurn(async () => {
      const all = await read();
      edit(all);
      await replaceFile(deps.file, JSON.stringify(all), { durable: true });
    });
  return {
    get: (name) =>
      inTurn(async () => {
        const entry = (await read())[name];
        return entry?.box === deps.box.name ? deps.box.open(entry.sealed) : null;
      }),
    set: async (name, secret) => {
      const sealed = await deps.box.seal(secret);
      await change((all) => {
        all[name] = { box: deps.box.name, sealed };
      });
    },
    delete: (name) =>
      change((all) => {
        delete all[name];
      }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
