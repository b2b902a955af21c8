import { describe, expect, it } from 'vitest';
import type { Download } from '../../../../../shared/contract/downloads.ts';
import { outcomeWords } from '../../../../../renderer/src/features/downloads/attempt-words.ts';
import { verbsFor } from '../../../../../renderer/src/features/downloads/download-actions.ts';
import { sizeWords, timeLeft } from '../../../../../renderer/src/features/downloads/size-words.ts';
import { technicalLines } from '../../../../../renderer/src/features/downloads/technical-lines.ts';

const aDownload: Download = {
  id: '01a20527-6096-77ca-96f8-ab6e3fc4f1ee' as Download['id'],
  sourceId: null,
  assetId: null,
  renditionId: null,
  title: 'Lantern',
  state: 'running',
  reason: null,
  dir: '/footage',
  fileName: 'lantern.mxf',
  path: null,
  bytes: 412_000_000,
  sizeBytes: 1_200_000_000,
  bytesPerSecond: 24_000_000,
  etaMs: 33_000,
  priority: 'normal',
  maxRate: null,
  neededByMs: null,
  deadline: 'none',
  smaller: null,
  connections: 4,
  host: 'files.example',
  sha256: null,
  verified: null,
  clipId: null,
  createdAtMs: 0,
  finishedAtMs: null,
};

describe('the words of a download', () => {
  it('tell the time left only where something moves', () => {
    expect(timeLeft(aDownload)).toBe('0:33');
    expect(timeLeft({ ...aDownload, state: 'paused' })).toBeNull();
    const reason = { code: 'OUTSIDE_HOURS', detail: null, retryAtMs: null } as const;
    expect(timeLeft({ ...aDownload, state: 'queued', reason })).toBeNull();
  });

  it('say how much is there, of how much where that is known', () => {
    expect(sizeWords(aDownload)).toBe('412 MB of 1.20 GB');
    expect(sizeWords({ ...aDownload, sizeBytes: null })).toBe('412 MB');
    expect(sizeWords({ ...aDownload, state: 'complete' })).toBe('1.20 GB');
  });

  it('say how a try ended, a reason in its own sentence', () => {
    expect(outcomeWords({ outcome: null })).toBe('Running');
    expect(outcomeWords({ outcome: 'stopped' })).toBe('Stopped');
    expect(outcomeWords({ outcome: 'LINK_EXPIRED' })).toBe('The link has expired.');
    expect(outcomeWords({ outcome: 'something newer' })).toBe('something newer');
  });

  it('leave out of a report what is not known', () => {
    const lines = technicalLines({
      ...aDownload,
      state: 'failed',
      reason: { code: 'HASH_MISMATCH', detail: 'other bytes', retryAtMs: null },
    });
    expect(lines).toContainEqual(['Path', '/footage/lantern.mxf']);
    expect(lines).toContainEqual(['Reason', 'HASH_MISMATCH']);
    expect(lines.map(([name]) => name)).not.toContain('SHA-256');
  });
});

describe('the verbs of a download', () => {
  it('fit its state: what has ended can leave the list, what runs cannot', () => {
    expect(verbsFor({ state: 'complete' })).toEqual(['forget']);
    expect(verbsFor({ state: 'running' })).toEqual(['pause', 'cancel']);
    expect(verbsFor({ state: 'cancelled' })).toEqual(['retry', 'forget']);
  });
});
