import { oneLine, plainText } from '../reading/words.ts';
import { attributeOf, childrenOf, markupOf, wordsOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** What is said in it, of media:text, and what is seen, of media:scenes; each line begins with its time where told. */
export function spokenWords(scopes: readonly XmlElement[]): {
  transcript: string | null;
  shotlist: string | null;
} {
  const texts = scopes.flatMap((one) => childrenOf(one, 'media:text'));
  // Several languages are the same words again: those of the first one, in English where it is there.
  const languages = texts.map((one) => attributeOf(one, 'lang')?.toLowerCase() ?? null);
  const chosen = languages.find((language) => language?.startsWith('en')) ?? languages[0] ?? null;
  const spoken = texts.filter((_one, at) => languages[at] === chosen);
  const scenes = scopes
    .flatMap((one) => childrenOf(one, 'media:scenes'))
    .flatMap((one) => childrenOf(one, 'media:scene'));
  return { transcript: joined(spoken.map(spokenLine)), shotlist: joined(scenes.map(sceneLine)) };
}

function spokenLine(text: XmlElement): string | null {
  const words = plainText(markupOf(text));
  return words && withTime(attributeOf(text, 'start'), words);
}

/** Their elements are of the namespace by the text of the standard, and without one by its example. */
function sceneLine(scene: XmlElement): string | null {
  const part = (name: string): string | null => wordsOf(scene, name, `media:${name}`);
  const words = [part('scenetitle'), part('scenedescription')].filter((text) => text !== null).join(' – ');
  return words === '' ? null : withTime(part('scenestarttime'), words);
}

function withTime(time: string | null, words: string): string {
  const clock = oneLine(time)?.replace(/[.,]\d+$/, '') ?? null;
  return clock === null ? words : `${clock} ${words}`;
}

function joined(lines: readonly (string | null)[]): string | null {
  const kept = [...new Set(lines.filter((line) => line !== null))];
  return kept.length === 0 ? null : kept.join('\n');
}
