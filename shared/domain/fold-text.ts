const onlyAscii = /^[\0-\x7f]*$/u;

// Marks that a reader may leave out: accents, Hebrew points, Arabic vowels. The vowel signs of Indian scripts, the
// voicing of kana and the like are marks too, and without them a word is another word.
const accents = new RegExp(
  String.raw`[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\ufe00-\ufe0f]`,
  'gu',
);
// Letters of their own in Russian, Belarusian and Ukrainian, though Unicode takes them apart; ё is written as е at will.
const keptLetters = /[иу]\u0306|і\u0308/gu;
// Joiners, soft hyphens and marks of direction are not seen; tatweel only stretches a word, half rings stand for ayn.
const unseen = /(?!\u200b)\p{Cf}|[\u0640\u02b9-\u02bf\u02c8]/gu;
const beyondAlphabets = /[\u0e00-\uffff]|[\u{10000}-\u{3ffff}]/u;
// Written without spaces: every character is made a word, so that a word is found within a sentence as a phrase.
const unspaced =
  /[\p{sc=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*/gu;
const digits = /(?!\d)\p{Nd}/gu;
// One letter written in several ways, and letters that have no accent to take away but are typed without it.
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
};
const otherLetters = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/**
 * Text as it is compared: lower case, without accents, one form for each letter and digit. What is stored for search
 * and what is asked pass through here alike, so that `Lodz` finds Łódź and `احمد` finds أَحْمَد.
 *
 * The length is not kept. Text of ASCII alone, the most of it, costs one look.
 */
export function foldText(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase();
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(unseen, '')
    .replace(keptLetters, (letter) => letter.normalize('NFC'))
    .replace(accents, '')
    .replace(otherLetters, (letter) => letters[letter] ?? letter)
    .replace(digits, digitOf)
    .normalize('NFC');
  return beyondAlphabets.test(plain) ? plain.replace(unspaced, ' $& ') : plain;
}

const beyondAscii = /[^\0-\x7f]+/gu;
/** How many pieces are remembered, and up to which length: a word of an alphabet, not a sentence without spaces. */
const mostPieces = 20_000;
const longestPiece = 24;

/**
 * Folds just as `foldText` does, several times as fast over many texts: what is not ASCII is folded piece by piece, and
 * the pieces of a language come again and again. No piece is changed by the ASCII beside it.
 */
export function createTextFolder(): (text: string) => string {
  const known = new Map<string, string>();
  const foldPiece = (piece: string): string => {
    if (piece.length > longestPiece) return foldText(piece);
    const folded = known.get(piece) ?? foldText(piece);
    if (known.size >= mostPieces) known.clear();
    known.set(piece, folded);
    return folded;
  };
  return (text) => text.replace(beyondAscii, foldPiece).toLowerCase();
}

/** The words of folded text, as the full-text index takes them apart. */
export function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
}

/** Decimal digits of any script stand in runs of ten, nought first, and runs may follow one another. */
function digitOf(digit: string): string {
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(code - 1)) {
    code--;
    value++;
  }
  return String(value);
}

function isDigit(code: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(code));
}
