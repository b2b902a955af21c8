import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const top = join(import.meta.dirname, '../../..');
const folders = ['electron', 'renderer', 'shared', 'scripts'];

/** Ways to believe a certificate that does not hold, or to speak an older TLS than 1.2. */
const forbidden = [
  /rejectUnauthorized/,
  /NODE_TLS_REJECT_UNAUTHORIZED/,
  /checkServerIdentity/,
  /ignore-certificate-errors/,
  /setCertificateVerifyProc/,
  /certificate-error/,
  /TLSv1(?:\.[01])?['"_]/,
  /SSLv[23]/,
  /secureProtocol/,
];

it('nothing believes a certificate that does not hold, and nothing speaks TLS below 1.2', () => {
  const found: string[] = [];
  let files = 0;
  for (const folder of folders) {
    for (const name of readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|mjs|js|cjs)$/.test(name) || name.includes('node_modules')) continue;
      files += 1;
      const text = readFileSync(join(top, folder, name), 'utf8');
      for (const one of forbidden) if (one.test(text)) found.push(`${folder}/${name}: ${one.source}`);
    }
  }
  expect(files).toBeGreaterThan(200);
  expect(found).toEqual([]);
});
