import { describe, expect, it } from 'vitest';
import { mayPass, worstFault } from '../../../../electron/hosts/cli/download-fault.ts';
import { downloadDocument } from '../../../../electron/hosts/cli/download-text.ts';
import { createPatience, hasSettled } from '../../../../electron/hosts/cli/follow-downloads.ts';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import { downloadReasons, type DownloadReason } from '../../../../shared/domain/download-reason.ts';
import { errorCodes } from '../../../../shared/errors/codes.ts';

function aDownload(fields: Partial<Download> = {}): Download {
  return {
    id: 'd1' as DownloadId,
    sourceId: null,
    assetId: null,
    renditionId: null,
    title: 'Quay',
    state: 'running',
    reason: null,
    dir: '/media',
    fileName: 'quay.mp4',
    path: null,
    bytes: 0,
    sizeBytes: 100,
    bytesPerSecond: null,
    etaMs: null,
    priority: 'normal',
    maxRate: null,
    neededByMs: null,
    deadline: 'none',
    smaller: null,
    connections: 0,
    host: null,
    sha256: null,
    verified: null,
    clipId: null,
    createdAtMs: 0,
    finishedAtMs: null,
    ...fields,
  };
}

function waiting(code: DownloadReason, fields: Partial<Download> = {}): Download {
  return aDownload({ state: 'waiting', reason: { code, detail: null, retryAtMs: null }, ...fields });
}

describe('the end of a command that downloads', () => {
  it.each([
    ['HASH_MISMATCH', 6],
    ['SIZE_MISMATCH', 6],
    ['NO_SPACE', 5],
    ['FILE_ACCESS', 5],
    ['FILE_VANISHED', 5],
    ['NETWORK_TIMEOUT', 4],
    ['SERVER_BUSY', 4],
    ['SIGN_IN_NEEDED', 3],
    ['ACCOUNT_UNVERIFIED', 3],
    ['NOT_RELEASED', 1],
    ['INTERNAL', 1],
  ] as const)('has an exit code for %s: %d', (reason, exit) => {
    const fault = worstFault([waiting(reason)]);
    expect(fault && errorCodes[fault.code].exit).toBe(exit);
  });

  it('is the worst of all', () => {
    const complete = aDownload({ state: 'complete' });
    expect(worstFault([complete])).toBeNull();
    const mixed = [complete, waiting('SIGN_IN_NEEDED'), waiting('HASH_MISMATCH'), waiting('NO_SPACE')];
    expect(worstFault(mixed)?.code).toBe('INTEGRITY');
  });

  it.each(downloadReasons)('has words for %s', (reason) => {
    const fault = worstFault([waiting(reason)]);
    expect(fault?.message).toContain('Quay');
    expect(fault?.facts.hint).toMatch(/\w/);
  });

  it('is told to scripts by the code of the reason', () => {
    expect(downloadDocument(waiting('NO_SPACE'))).toMatchObject({
      reason: 'NO_SPACE',
      reasonText: expect.any(String),
    });
    expect(downloadDocument(aDownload())).not.toHaveProperty('reason');
  });
});

describe('following a download', () => {
  const settled = (one: Download): boolean =>
    hasSettled(
      one,
      createPatience(60_000, () => 0),
    );

  it('ends at what a person must do, and not at what may pass', () => {
    for (const state of ['complete', 'failed', 'cancelled', 'paused'] as const) {
      expect([state, settled(aDownload({ state }))]).toEqual([state, true]);
    }
    for (const state of ['queued', 'running', 'verifying'] as const) {
      expect([state, settled(aDownload({ state }))]).toEqual([state, false]);
    }
    expect(settled(waiting('SIGN_IN_NEEDED'))).toBe(true);
    expect(settled(waiting('NO_SPACE'))).toBe(true);
    expect(settled(waiting('SERVER_UNREACHABLE'))).toBe(false);
    expect(mayPass('NETWORK_DISCONNECTED')).toBe(true);
  });

  it('is patient for so long after the last byte, however often it is tried in between', () => {
    let nowMs = 0;
    const patience = createPatience(60_000, () => nowMs);
    const look = (one: Download, atMs: number): boolean => {
      nowMs = atMs;
      return hasSettled(one, patience);
    };
    expect(look(aDownload({ bytes: 10 }), 0)).toBe(false);
    expect(look(waiting('NETWORK_DISCONNECTED', { bytes: 20 }), 1000)).toBe(false);
    expect(look(aDownload({ bytes: 20 }), 30_000)).toBe(false);
    expect(look(waiting('NETWORK_DISCONNECTED', { bytes: 20 }), 60_999)).toBe(false);
    expect(look(waiting('NETWORK_DISCONNECTED', { bytes: 21 }), 61_000)).toBe(false);
    expect(look(waiting('NETWORK_DISCONNECTED', { bytes: 21 }), 121_000)).toBe(true);
  });

  it('does not count the time in the queue', () => {
    let nowMs = 0;
    const patience = createPatience(1000, () => nowMs);
    expect(hasSettled(waiting('SERVER_BUSY'), patience)).toBe(false);
    nowMs = 5000;
    expect(hasSettled(aDownload({ state: 'queued' }), patience)).toBe(false);
    expect(hasSettled(waiting('SERVER_BUSY'), patience)).toBe(false);
  });
});
