import { describe, expect, test } from 'vitest';
import type { KnownFile } from '../../../../electron/core/verify/known-files-repo.ts';
import { judge, type Facts } from '../../../../electron/core/verify/judge.ts';

const sum = 'a'.repeat(64);
const other = 'b'.repeat(64);
const known: KnownFile = {
  path: '/media/a.mp4',
  clipId: 'clip',
  place: { sizeBytes: 10, modifiedAtMs: 5000 },
  rootPath: '/media',
  sha256: sum,
  download: null,
};
const downloaded: KnownFile = {
  ...known,
  download: { id: 'download', sizeBytes: 10, createdAtMs: 4000, finishedAtMs: 6000 },
};
const facts = (more: Partial<Facts>): Facts => ({ known: null, baseline: null, listed: null, ...more });
const asRead = (sha256: string, more: object = {}) => ({
  sizeBytes: 10,
  modifiedAtMs: 5000,
  hashes: { sha256 },
  ...more,
});

describe('a file that Rushes knows', () => {
  test('with the hash that it had is as it was, whatever its time says', () => {
    expect(judge(facts({ known }), asRead(sum, { modifiedAtMs: 9_999_999 })).state).toBe('ok');
  });

  test('with another hash, untouched, is damaged', () => {
    expect(judge(facts({ known }), asRead(other)).state).toBe('damaged');
    expect(judge(facts({ known: downloaded }), asRead(other)).state).toBe('damaged');
  });

  test('with another hash and another time or size was changed by somebody', () => {
    expect(judge(facts({ known }), asRead(other, { modifiedAtMs: 5001 })).state).toBe('changed');
    expect(judge(facts({ known }), asRead(other, { sizeBytes: 11 })).state).toBe('changed');
  });

  test('is not called damaged because a scan has followed the change of a download', () => {
    const scanned = { ...downloaded, place: { sizeBytes: 10, modifiedAtMs: 999_000 } };
    expect(judge(facts({ known: scanned }), asRead(other, { modifiedAtMs: 999_000 })).state).toBe('changed');
  });

  test('is not called damaged where a time from before its download says that another file was put there', () => {
    expect(judge(facts({ known: downloaded }), asRead(other, { modifiedAtMs: 2001 })).state).toBe('damaged');
    expect(judge(facts({ known: downloaded }), asRead(other, { modifiedAtMs: 1999 })).state).toBe('changed');
  });

  test('is compared with the time of its last good check before anything else', () => {
    const baseline = { sizeBytes: 10, modifiedAtMs: 77_000, sha256: sum };
    expect(judge(facts({ known: downloaded, baseline }), asRead(other, { modifiedAtMs: 77_000 })).state).toBe(
      'damaged',
    );
    expect(judge(facts({ known: downloaded, baseline }), asRead(other)).state).toBe('changed');
  });

  test('without a hash is unproven, unless it was changed since it was seen', () => {
    const bare = { ...known, sha256: null };
    expect(judge(facts({ known: bare }), asRead(sum)).state).toBe('unproven');
    expect(judge(facts({ known: bare }), asRead(sum, { modifiedAtMs: 1 })).state).toBe('changed');
  });
});

describe('a file of a media hash list', () => {
  const listed = { hashes: { xxh64: '0'.repeat(16) }, sizeBytes: 10, modifiedAtMs: 5000 };

  test('is as it was when every kind that can be computed agrees', () => {
    const read = asRead(sum, { hashes: { xxh64: '0'.repeat(16), md5: 'x' } });
    expect(judge(facts({ listed }), read).state).toBe('ok');
    expect(judge(facts({ listed: { ...listed, hashes: { ...listed.hashes, md5: 'y' } } }), read).state).toBe(
      'damaged',
    );
  });

  test('is unproven when the list has only kinds that nobody computes here', () => {
    const verdict = judge(facts({ listed: { ...listed, hashes: { xxh128: 'f' } } }), asRead(sum));
    expect(verdict).toEqual({ state: 'unproven', detail: 'The media hash list has only xxh128 of it.' });
  });

  test('is not judged by a kind that is only the name of something else', () => {
    const odd = { ...listed, hashes: { ...listed.hashes, constructor: 'x', toString: 'y' } };
    const read = asRead(sum, { hashes: { xxh64: '0'.repeat(16) } });
    expect(judge(facts({ listed: odd }), read).state).toBe('ok');
  });

  test('is changed when its time moved with its bytes', () => {
    const read = asRead(sum, { hashes: { xxh64: 'f'.repeat(16) } });
    expect(judge(facts({ listed }), read).state).toBe('damaged');
    expect(judge(facts({ listed }), { ...read, modifiedAtMs: 5_000_000 }).state).toBe('changed');
  });
});
