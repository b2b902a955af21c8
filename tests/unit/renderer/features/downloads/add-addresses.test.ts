import { expect, it } from 'vitest';
import { addAddresses, addedWords } from '../../../../../renderer/src/features/downloads/add-addresses.ts';

it('adds what can be added, and names what was refused and why', async () => {
  const asked: object[] = [];
  const result = await addAddresses(
    (input) => {
      asked.push(input);
      if (input.url.startsWith('http:')) return Promise.reject(new Error(`no ${input.url}`));
      return Promise.resolve({ fileName: input.url } as never);
    },
    ['https://a', 'http://b', 'https://c', 'http://d'],
    { allowPrivate: true },
  );
  expect(asked).toHaveLength(4);
  expect(asked[0]).toEqual({ url: 'https://a', allowPrivate: true });
  expect(result.added.map(({ fileName }) => fileName)).toEqual(['https://a', 'https://c']);
  expect(result.refused).toEqual(['http://b', 'http://d']);
  expect(String(result.error)).toBe('Error: no http://b');
});

it('names one file and counts several', () => {
  expect(addedWords([{ fileName: 'a.mxf' }])).toBe('a.mxf added');
  expect(addedWords([{ fileName: 'a' }, { fileName: 'b' }])).toBe('2 downloads added');
});
