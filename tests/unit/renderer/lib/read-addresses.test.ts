import { describe, expect, it } from 'vitest';
import { splitAddresses, webAddresses } from '../../../../renderer/src/lib/read-addresses.ts';

const one = 'https://a.example/1.mxf';
const two = 'http://b.example/2.mxf?x=1';

describe('addresses in a text', () => {
  it('stand on lines of their own or behind blanks, each once', () => {
    expect(splitAddresses(` ${one}\r\n\n${two} ${one}\n`)).toEqual([one, two]);
    expect(splitAddresses('')).toEqual([]);
  });

  it('may hold blanks, and what is none is kept when it was typed', () => {
    expect(splitAddresses('https://a.example/a clip.mxf\nftp-server')).toEqual([
      'https://a.example/a clip.mxf',
      'ftp-server',
    ]);
  });

  it('are only those of the web where the text is from elsewhere', () => {
    expect(webAddresses(`# a list\n${one}\nfile:///etc/passwd\njavascript:alert(1)\n${two}`)).toEqual([
      one,
      two,
    ]);
    expect(webAddresses('The closing statement, 2 takes')).toEqual([]);
    expect(webAddresses('see https://')).toEqual([]);
  });
});
