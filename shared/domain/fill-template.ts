import type { TemplatePiece } from './name-template.ts';
import type { NameValues } from './name-tokens.ts';

const separators = String.raw`[\s\-_.,;+–—·]`;
const leading = new RegExp(`^${separators}+`, 'u');
const trailing = new RegExp(`${separators}+$`, 'u');
const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Puts values into one part of a template. A value that is not known leaves nothing behind: of the separators around
 * it one is kept, none at either end, and brackets that held nothing else go with it.
 */
export function fillTemplate(part: readonly TemplatePiece[], values: NameValues): string {
  let filled: Filled = { done: '', held: '', gap: false };
  for (const piece of part) {
    const value = piece.kind === 'text' ? piece.text : valueOf(piece, values);
    if (piece.kind === 'text') filled = addText(filled, value);
    else if (value === '') filled = { ...filled, held: filled.done === '' ? '' : filled.held, gap: true };
    else filled = { done: filled.done + filled.held + value, held: '', gap: false };
  }
  return filled.done + (filled.gap ? '' : filled.held);
}

/** What stands already; the separators behind it, which the next piece decides on; whether a value was missing since. */
interface Filled {
  readonly done: string;
  readonly held: string;
  readonly gap: boolean;
}

function addText(filled: Filled, text: string): Filled {
  if (!filled.gap) return held(filled.done, filled.held + text);
  const lead = leading.exec(text)?.[0] ?? '';
  const rest = text.slice(lead.length);
  const atStart = filled.done === '' || /[([{]$/.test(filled.done);
  const between = atStart ? '' : filled.held || lead;
  if (rest === '') return { done: filled.done, held: between, gap: true };
  const opening = brackets[rest[0] ?? ''];
  if (opening === undefined) return held(filled.done, between + rest);
  if (!filled.done.endsWith(opening)) return held(filled.done, rest);
  const before = held(filled.done.slice(0, -1), '');
  return addText({ ...before, gap: true }, rest.slice(1));
}

/** Text that ends in separators gives them up for the next piece to decide on. */
function held(done: string, text: string): Filled {
  const whole = done + text;
  const ending = text === '' ? (trailing.exec(whole)?.[0] ?? '') : (trailing.exec(text)?.[0] ?? '');
  return { done: whole.slice(0, whole.length - ending.length), held: ending, gap: false };
}

function valueOf(piece: Extract<TemplatePiece, { kind: 'token' }>, values: NameValues): string {
  for (const token of piece.tokens) {
    const value = values[token]?.trim() ?? '';
    if (value !== '') return piece.mostCharacters === null ? value : shortened(value, piece.mostCharacters);
  }
  return '';
}

/** Whole characters as a reader counts them, with nothing hanging at the cut. */
function shortened(value: string, most: number): string {
  const characters = [...new Intl.Segmenter('en').segment(value)].map(({ segment }) => segment);
  if (characters.length <= most) return value;
  const kept = characters.slice(0, most).join('');
  return kept.replace(trailing, '') || kept;
}
