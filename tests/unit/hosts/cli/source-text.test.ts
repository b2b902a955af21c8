import { expect, it } from 'vitest';
import { sourceFacts, sourceLines } from '../../../../electron/hosts/cli/source-text.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';

const now = Date.UTC(2025, 8, 8, 12);
const aSource = (fields: Partial<Source> = {}): Source => ({
  id: 's1' as SourceId,
  kind: 'dvids',
  name: 'DVIDS: Natochannel',
  url: 'https://www.dvidshub.net/unit/Natochannel',
  state: 'ok',
  reason: null,
  evidence: null,
  lastSyncAtMs: now - 3 * 60_000,
  lastTryAtMs: now - 3 * 60_000,
  nextSyncAtMs: now + 27 * 60_000,
  everyMinutes: 30,
  failedItems: 0,
  assets: 2,
  needsAccount: false,
  takesKey: true,
  hasKey: true,
  how: 'The DVIDS channel "Natochannel" with 2 videos.',
  ...fields,
});
const healthOf = (fields: Partial<Source>): string => sourceLines([aSource(fields)], now)[1] ?? '';

it('tells in a line how a source is doing, and when it is read again', () => {
  expect(healthOf({})).toBe('  read well 3 min 00 s ago; every 30 min, next in 27 min 00 s');
  expect(healthOf({ nextSyncAtMs: null })).toContain('every 30 min while Rushes is open');
  expect(healthOf({ everyMinutes: 2880, nextSyncAtMs: now - 5 })).toContain('every 2 d, next now');
  expect(healthOf({ everyMinutes: null, nextSyncAtMs: null })).toContain('; only by hand');
  expect(healthOf({ lastSyncAtMs: null })).toContain('never read');
});

it('tells why a source is not well, and what of it could not be read', () => {
  const sick = {
    state: 'key-needed',
    reason: 'DVIDS refuses the key.',
    failedItems: 2,
    hasKey: false,
  } as const;
  expect(healthOf(sick)).toMatch(/2 items could not be read, has no key, DVIDS refuses the key;/);
  const facts = sourceFacts(aSource({ ...sick, evidence: 'status 403 · text/html' }), now).join('\n');
  expect(facts).toMatch(/^came back +status 403 · text\/html$/m);
  expect(facts).toMatch(/^key +none$/m);
  expect(sourceFacts(aSource({ takesKey: false }), now).join('\n')).not.toMatch(/^key/m);
});
