import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { mailLine } from '../../../../electron/hosts/demo-mail.ts';
import {
  calendarDay,
  header,
  noneAsNull,
  orNone,
  several,
  wholeNumber,
} from '../../../../electron/hosts/cli/option-values.ts';
import { readPassword } from '../../../../electron/hosts/cli/read-password.ts';
import type { Terminal } from '../../../../electron/hosts/cli/terminal.ts';

function aTerminal(input: string): Terminal {
  const sink = { write: () => true };
  const { signal } = new AbortController();
  return { stdin: Readable.from([Buffer.from(input)]), stdout: sink, stderr: sink, env: {}, signal };
}

describe('values of options', () => {
  it('are whole numbers within bounds', () => {
    const read = wholeNumber({ min: 1, max: 500 });
    expect(read('12')).toBe(12);
    for (const odd of ['0', '501', '1.5', '-1', '1e2', '', ' 3', '0x1f'])
      expect(() => read(odd)).toThrow('whole number');
  });

  it('are days that exist, or none', () => {
    const read = orNone(calendarDay);
    expect(read('2028-02-29')).toBe('2028-02-29');
    expect(read('none')).toBe('none');
    expect([noneAsNull('none'), noneAsNull('2026-02-01')]).toEqual([null, '2026-02-01']);
    for (const odd of ['2026-02-29', '2026-13-01', '2026-1-1', 'today'])
      expect(() => read(odd)).toThrow('day that exists');
  });

  it('gather when given again', () => {
    expect(several('b', several('a', undefined))).toEqual(['a', 'b']);
    expect(header('X-B: 2', header('Authorization: Bearer a:b'))).toEqual({
      Authorization: 'Bearer a:b',
      'X-B': '2',
    });
    for (const odd of ['none', ': x', 'a b: c', 'A: b\r\nC: d'])
      expect(() => header(odd)).toThrow('Name: value');
  });
});

describe('a password on stdin', () => {
  it('is the first line, blanks and all', async () => {
    expect(await readPassword(aTerminal(' two words \r\nrest\n'), true)).toBe(' two words ');
    expect(await readPassword(aTerminal('no line end'), true)).toBe('no line end');
  });

  it('must be there, and must have been announced', async () => {
    await expect(readPassword(aTerminal(''), true)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(readPassword(aTerminal('x\n'), false)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('a mail of the demo portal', () => {
  it('is told in one line with its code, or else its subject', () => {
    const head = 'From: p@portal.example\r\nTo: a@b.example\r\nSubject: Your\r\n code\r\n\r\n';
    expect(mailLine(`${head}Enter this:\r\n\r\n    012345\r\n`)).toBe('Mail to a@b.example: code 012345');
    expect(mailLine(`${head}Nothing here.\r\n`)).toBe('Mail to a@b.example: Your code');
  });
});
