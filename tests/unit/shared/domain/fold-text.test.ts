import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createTextFolder, foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';

test.each([
  ['Łódź', 'Lodz'],
  ['Ørsted', 'orsted'],
  ['Straße', 'STRASSE'],
  ['Æsir', 'aesir'],
  ['Ærø', 'aero'],
  ['İstanbul', 'istanbul'],
  ['Isparta ılık', 'isparta ilik'],
  ['ﬁnance', 'finance'],
  ['ＮＡＴＯ １２', 'nato 12'],
  ['Zoe\u0308', 'Zo\u00eb'],
  ['Ёлка', 'елка'],
  ['До́нецк', 'донецк'],
  ['Ἀθήνα', 'αθηνα'],
  ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
  ['أَحْمَد', 'احمد'],
  ['إسلام', 'اسلام'],
  ['آل', 'ال'],
  ['محـــمد', 'محمد'],
  ['مدرسة', 'مدرسه'],
  ['مستشفى', 'مستشفي'],
  ['کتاب', 'كتاب'],
  ['٢٠٢٥', '2025'],
  ['۲۰۲۵', '2025'],
  ['ﻣﺤﻤﺪ', 'محمد'],
  ['שָׁלוֹם', 'שלום'],
  ['𝟚𝟘', '20'],
  ['ʿAlī', 'ali'],
  ['co\u00adoperation', 'cooperation'],
])('%s is found by %s', (stored, asked) => {
  expect(foldText(stored)).toBe(foldText(asked));
});

test.each([
  ['йод', 'иод'],
  ['Київ', 'Киів'],
  ['Ўзбекистон', 'Узбекистон'],
  ['が', 'か'],
  ['हिन्दी', 'हनद'],
])('%s is another word than %s', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});

test('what is written without spaces is taken apart, so that a word is found within a sentence', () => {
  expect(wordsOf(foldText('東京オリンピック'))).toEqual(Array.from('東京オリンピック'));
  expect(wordsOf(foldText('서울특별시 회의'))).toEqual(['서울특별시', '회의']);
  expect(wordsOf(foldText('हिन्दी भाषा'))).toEqual(['हिन्दी', 'भाषा']);
});

test('folding what is folded changes nothing in its words', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 30 }), (text) => {
      const once = foldText(text);
      expect(wordsOf(foldText(once))).toEqual(wordsOf(once));
    }),
    { numRuns: 3000 },
  );
});

test('a folder of many texts folds each as if it stood alone', () => {
  const fold = createTextFolder();
  const units = Array.from('aI <=Σςéß\u0301\u0308\u0338иу\u0306İﬁА١か\u3099東ʿ\u00adｶﾞ한');
  const letters = string({ unit: constantFrom(...units, '\ud83d', '\u{1d7da}'), maxLength: 40 });
  assert(
    property(oneof(letters, string({ unit: 'binary', maxLength: 60 })), (text) => {
      expect(fold(text)).toBe(foldText(text));
    }),
    { numRuns: 20_000 },
  );
});
