import { readRange } from '../files/read-range.ts';

const page = /^\uFEFF?\s*(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i;

/**
 * Whether a file begins like a web page: no film, sound or picture does.
 *
 * @throws FileFault
 */
export async function beginsAsPage(path: string): Promise<boolean> {
  return page.test((await readRange(path, 0, 512)).toString('utf8'));
}
