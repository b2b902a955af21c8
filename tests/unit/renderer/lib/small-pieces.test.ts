import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '../../../../renderer/src/lib/browser-door.ts';
import { describeError, errorCode } from '../../../../renderer/src/lib/errors.ts';
import { createMediaUrls } from '../../../../renderer/src/lib/media.ts';
import { passwordChecklist } from '../../../../renderer/src/lib/password-checklist.ts';
import { frameAt, stripPosition } from '../../../../renderer/src/lib/scrub.ts';

describe('the filmstrip', () => {
  it('shows the frame under the pointer and never one outside', () => {
    expect(frameAt(0, 200, 10)).toBe(0);
    expect(frameAt(199, 200, 10)).toBe(9);
    expect(frameAt(240, 200, 10)).toBe(9);
    expect(frameAt(-3, 200, 10)).toBe(0);
    expect(frameAt(50, 0, 10)).toBe(0);
    expect(frameAt(50, 200, 1)).toBe(0);
  });

  it('is placed so that one frame fills the picture', () => {
    expect(stripPosition(0, 5)).toEqual({ size: '500% 100%', position: '0% 0' });
    expect(stripPosition(4, 5)).toEqual({ size: '500% 100%', position: '100% 0' });
    expect(stripPosition(0, 1)).toEqual({ size: '100% 100%', position: '0% 0' });
  });
});

describe('media addresses', () => {
  it('hold the id as one step of the path', () => {
    const media = createMediaUrls('/media');
    expect(media.poster('c1')).toBe('/media/poster/c1');
    expect(media.clip('a/../b')).toBe('/media/clip/a%2F..%2Fb');
  });
});

describe('the password checklist', () => {
  it('meets nothing while the field is empty', () => {
    expect(passwordChecklist('', '').every((item) => !item.met)).toBe(true);
  });

  it('names what is missing, and rare points only when they are broken', () => {
    const items = passwordChecklist('correct horse', '');
    expect(items.filter((item) => item.met).map((item) => item.failure)).toEqual(['too-short', 'no-lower']);
    expect(items).toHaveLength(6);
    const own = passwordChecklist('Marinella-2026!', 'marinella@news.example');
    expect(own.filter((item) => !item.met).map((item) => item.failure)).toEqual(['contains-email']);
  });
});

describe('errors in words', () => {
  it('take the core’s hint before the general advice', () => {
    const error = new ORPCError('DISK_FULL', {
      message: 'ENOSPC',
      data: { hint: 'Free 12 GB.', detail: '/x' },
    });
    expect(describeError(error)).toMatchObject({
      code: 'DISK_FULL',
      title: 'The disk is full.',
      whatToDo: 'Free 12 GB.',
      detail: '/x',
    });
  });

  it('are INTERNAL when they have no closed code, and USAGE when the input was refused', () => {
    expect(errorCode(new TypeError('x is undefined'))).toBe('INTERNAL');
    expect(errorCode('nonsense')).toBe('INTERNAL');
    expect(errorCode(new ORPCError('BAD_REQUEST'))).toBe('USAGE');
  });
});

describe('reconnecting', () => {
  it('waits from half a second up to five', () => {
    expect([1, 2, 3, 4, 5, 50].map(reconnectDelayMs)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
  });
});
