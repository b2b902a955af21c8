import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from 'vite';

export const top = resolve(import.meta.dirname, '../../..');

/** One import of a file: what is brought in, and whether only types are. */
export interface Import {
  readonly file: string;
  /** The path from the top of the repository, or the package's name. */
  readonly target: string;
  readonly kind: 'own' | 'package';
  readonly typeOnly: boolean;
}

/** Every source file below a folder, as paths from the top with forward slashes. */
export function sourceFiles(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
      .map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
}

/** The imports of a file, read from its syntax: bare side-effect imports, re-exports and import() among them. */
export function importsOf(file: string): Import[] {
  const source = readFileSync(join(top, file), 'utf8');
  const { module } = parseSync(file, source);
  const found: { request: string; typeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    found.push({ request: moduleRequest.value, typeOnly });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ request: moduleRequest.value, typeOnly: isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^['"`](.*)['"`]$/.exec(text)?.[1];
    // import(x) with a computed x could bring in anything, so it is listed as such and no line allows it.
    found.push({ request: literal ?? 'computed:import', typeOnly: false });
  }
  return found.map(({ request, typeOnly }) => ({ file, typeOnly, ...locate(file, request) }));
}

function locate(file: string, request: string): Pick<Import, 'target' | 'kind'> {
  if (request.startsWith('.')) {
    const target = relative(top, resolve(top, dirname(file), request))
      .split(sep)
      .join('/');
    return { kind: 'own', target };
  }
  return { kind: 'package', target: packageName(request) };
}

/** `@a/b/c` is the package `@a/b`, `a/b` is `a`; what Node brings keeps its whole name. */
function packageName(request: string): string {
  if (request.startsWith('node:')) return request;
  const parts = request.split('/');
  return parts.slice(0, request.startsWith('@') ? 2 : 1).join('/');
}
