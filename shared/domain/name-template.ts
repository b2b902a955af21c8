import { isNameToken, type NameToken } from './name-tokens.ts';

/**
 * Templates for folders and file names: text with tokens in braces. `{day}` is a token, `{event|title}` the first of
 * several that is known, `{title:40}` at most so many characters of it; `{{` and `}}` are braces that mean themselves.
 */

/** A run of text that stands as it is, or a place where a value comes. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'token'; readonly tokens: readonly NameToken[]; readonly mostCharacters: number | null };

/** What is wrong with a template, and where: `position` counts characters (UTF-16 units) from 1. */
export interface TemplateProblem {
  readonly position: number;
  /** One sentence that names the position. */
  readonly message: string;
}

/** A template that was understood, as the parts of a path (one for a file name), or what is wrong with it. */
export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly (readonly TemplatePiece[])[] }
  | { readonly ok: false; readonly problem: TemplateProblem };

/** What a template is for: only one for folders may hold slashes. */
export type TemplateUse = 'folder' | 'name';

const mostCharactersOfToken = 200;
const mostFolders = 16;
const scanner = /\{\{|\}\}|\{|\}|[/\\]|[^{}/\\]+/gy;

class Refusal extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

/** Reads a template. Both kinds of slash part folders, whatever the system. */
export function parseTemplate(template: string, use: TemplateUse): ParsedTemplate {
  try {
    const parts = readParts(template, use);
    return { ok: true, parts: parts.filter((part) => part.length > 0) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { position, message } = error;
    return { ok: false, problem: { position, message: `${message} (position ${position}).` } };
  }
}

function readParts(template: string, use: TemplateUse): TemplatePiece[][] {
  const parts: TemplatePiece[][] = [[]];
  let partStart = 0;
  for (let at = 0; at < template.length;) {
    scanner.lastIndex = at;
    const found = scanner.exec(template)?.[0] ?? '';
    let length = found.length;
    if (found === '{') {
      const token = readToken(template, at);
      parts.at(-1)?.push(token.piece);
      length = token.length;
    } else if (found === '}') {
      throw new Refusal(at + 1, 'A closing brace has no opening one; write }} for the character itself');
    } else if (found === '/' || found === '\\') {
      refuseSlash(at, use);
      assertFolder(parts.at(-1) ?? [], partStart);
      parts.push([]);
      partStart = at + 1;
    } else {
      addText(parts.at(-1) ?? [], found === '{{' ? '{' : found === '}}' ? '}' : found);
    }
    at += length;
  }
  if (use === 'folder') assertFolder(parts.at(-1) ?? [], partStart);
  if (parts.length > mostFolders)
    throw new Refusal(1, `There can be at most ${mostFolders} folders in one another`);
  return parts;
}

function refuseSlash(at: number, use: TemplateUse): void {
  if (use === 'name')
    throw new Refusal(at + 1, 'A file name cannot hold a slash; folders have a template of their own');
  if (at === 0)
    throw new Refusal(1, 'The folders lie below the download folder, so nothing stands before the first one');
}

/** `..` and its like lead out of the folder they stand in; a drive's letter leads further. */
function assertFolder(part: readonly TemplatePiece[], start: number): void {
  const [first] = part;
  if (part.length !== 1 || first?.kind !== 'text') return;
  if (/^\s*\.+\s*$/.test(first.text))
    throw new Refusal(start + 1, `"${first.text}" does not name a folder below the download folder`);
  if (start === 0 && /^[a-z]:$/i.test(first.text))
    throw new Refusal(1, 'The folders lie below the download folder, so no drive can be named');
}

function addText(part: TemplatePiece[], text: string): void {
  const last = part.at(-1);
  if (last?.kind !== 'text') part.push({ kind: 'text', text });
  else part[part.length - 1] = { kind: 'text', text: last.text + text };
}

function readToken(template: string, at: number): { piece: TemplatePiece; length: number } {
  const end = template.indexOf('}', at);
  const next = template.indexOf('{', at + 1);
  if (end === -1 || (next !== -1 && next < end))
    throw new Refusal(at + 1, 'A brace is opened and not closed; write {{ for the character itself');
  const inside = template.slice(at + 1, end);
  const [names = '', limit, ...more] = inside.split(':');
  const tokens: NameToken[] = [];
  let position = at + 2;
  for (const name of names.split('|')) {
    const token = name.trim().toLowerCase();
    if (token === '') throw new Refusal(position, 'The name of a token is missing');
    if (!isNameToken(token)) throw new Refusal(position, `There is no token "${name.trim()}"`);
    tokens.push(token);
    position += name.length + 1;
  }
  if (more.length > 0) throw new Refusal(position, 'A token takes one number after a colon');
  return {
    piece: { kind: 'token', tokens, mostCharacters: limit === undefined ? null : readLimit(limit, position) },
    length: inside.length + 2,
  };
}

function readLimit(text: string, position: number): number {
  const value = Number(text);
  if (/^\s*\d+\s*$/.test(text) && value >= 1 && value <= mostCharactersOfToken) return value;
  throw new Refusal(
    position,
    `After the colon stands how many characters it has at most, 1 to ${mostCharactersOfToken}`,
  );
}
