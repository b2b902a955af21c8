import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, sourceFiles, top, type Import } from './read-imports.ts';
import { guarded, rooms, type Room } from './rooms.ts';

const files = sourceFiles('electron', 'renderer/src', 'shared');

function roomOf(path: string): Room | undefined {
  return rooms.find((room) => path.startsWith(room.path));
}

/** Whether `target`'s room is `wanted` or lies within it: `core/storage` is part of `core`. */
function within(target: Room, wanted: string): boolean {
  return target.room === wanted || target.room.startsWith(`${wanted}/`);
}

function refusal(one: Import): string | null {
  const room = roomOf(one.file);
  if (!room) return `${one.file} is in no room of the house`;
  if (one.kind === 'package') {
    const allowed =
      room.packages.includes(one.target) ||
      (one.target.startsWith('node:') && room.packages.includes('node:*'));
    return allowed ? null : `${one.file} imports the package ${one.target}`;
  }
  const target = roomOf(one.target);
  if (!target)
    return one.target.endsWith('.css') && room.room === 'renderer'
      ? null
      : `${one.file} imports ${one.target}, which is in no room`;
  if (target === room || room.from.some((from) => within(target, from))) return null;
  if (one.typeOnly && room.typesFrom?.some((from) => within(target, from))) return null;
  return `${one.file} imports ${one.target}`;
}

test('every file is in a room, and imports only what its room allows', () => {
  expect(files.length).toBeGreaterThan(50);
  const refused = files.flatMap((file) => importsOf(file).map(refusal)).filter((text) => text !== null);
  expect(refused).toEqual([]);
});

test('only the runner starts programs and only the HTTP client opens sockets', () => {
  const wrong = files
    .filter((file) => file.startsWith('electron/core/'))
    .flatMap(importsOf)
    .filter(({ file, target, typeOnly }) => {
      const places = guarded[target];
      return !typeOnly && places !== undefined && !places.some((place) => file.startsWith(place));
    })
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(wrong).toEqual([]);
});

test('features of the page do not import one another', () => {
  const feature = (path: string): string | undefined => /^renderer\/src\/features\/([^/]+)\//.exec(path)?.[1];
  const wrong = files
    .flatMap(importsOf)
    .filter(({ file, target }) => {
      const [from, to] = [feature(file), feature(target)];
      return from !== undefined && to !== undefined && from !== to;
    })
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(wrong).toEqual([]);
});

test('SQL of the core is written in repositories and migrations only', () => {
  const allowed = /(-repo\.ts|^electron\/core\/storage\/.*\.ts)$/;
  const wrong = files
    .filter((file) => file.startsWith('electron/core/') && !allowed.test(file))
    .filter((file) =>
      /\.prepare\(|\.exec\(\s*['"`](SELECT|INSERT|UPDATE|DELETE|CREATE|BEGIN)/.test(
        readFileSync(join(top, file), 'utf8'),
      ),
    );
  expect(wrong).toEqual([]);
});
