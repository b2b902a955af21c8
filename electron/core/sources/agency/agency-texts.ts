/** A text of an item with what the agency calls it: a role, or the name of the field. */
export interface RoledText {
  readonly role: string | null;
  readonly text: string;
}

/** The texts of an item as the model knows them. */
export interface SortedTexts {
  readonly teaser: string | null;
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
}

type Sort = keyof SortedTexts;

const sorts: readonly (readonly [RegExp, Sort])[] = [
  [/shot[\s_-]?list/i, 'shotlist'],
  [/transcript|(?<!de)script|soundbite|subtitle|voice[\s_-]?over/i, 'transcript'],
  [/summary|short|abstract|teaser|standfirst/i, 'teaser'],
];

/**
 * Sorts the texts of an item by their roles. A body in one piece is taken apart at its own headings (SHOTLIST,
 * STORYLINE, TRANSCRIPT); a text that is there twice, plain and with markup, is kept once.
 */
export function sortTexts(texts: readonly RoledText[]): SortedTexts {
  const found: Record<Sort, string[]> = { teaser: [], synopsis: [], shotlist: [], transcript: [] };
  for (const { role, text } of texts) {
    const sort = sortOf(role);
    const parts = sort === 'synopsis' ? takeApart(text) : [{ sort, text }];
    for (const part of parts) add(found[part.sort], part.text);
  }
  return {
    teaser: joined(found.teaser),
    synopsis: joined(found.synopsis),
    shotlist: joined(found.shotlist),
    transcript: joined(found.transcript),
  };
}

function sortOf(role: string | null): Sort {
  return sorts.find(([pattern]) => role !== null && pattern.test(role))?.[1] ?? 'synopsis';
}

const heading =
  /^[\s\-–—=*#]*(SHOT\s?LIST|STORY\s?LINE|STORY|SYNOPSIS|DOPE\s?SHEET|TRANSCRIPT|SCRIPT|SUMMARY)\s*[:.]?[\s\-–—=*#]*$/;

function takeApart(text: string): { sort: Sort; text: string }[] {
  const parts: { sort: Sort; lines: string[] }[] = [{ sort: 'synopsis', lines: [] }];
  for (const line of text.split('\n')) {
    const found = heading.exec(line)?.[1];
    if (found === undefined) parts.at(-1)?.lines.push(line);
    else parts.push({ sort: sortOf(found), lines: [] });
  }
  return parts.map(({ sort, lines }) => ({ sort, text: lines.join('\n').trim() }));
}

function add(list: string[], text: string): void {
  const plain = (one: string): string => one.replaceAll(/\s+/g, ' ').trim();
  const mine = plain(text);
  if (mine === '' || list.some((one) => plain(one).includes(mine))) return;
  const shorter = list.findIndex((one) => mine.includes(plain(one)));
  if (shorter === -1) list.push(text);
  else list[shorter] = text;
}

function joined(list: readonly string[]): string | null {
  return list.length === 0 ? null : list.join('\n\n');
}
