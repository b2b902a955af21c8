import { describe, expect, it } from 'vitest';
import { placeWindow } from '../../../electron/main/window-place.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };
const small = { x: 0, y: 0, width: 1366, height: 728 };

describe('placeWindow', () => {
  it('opens a first window of the usual size, where the system wants it', () => {
    expect(placeWindow(null, [left])).toEqual({ width: 1440, height: 900 });
  });

  it('fits a first window to a small display, but not below the smallest window', () => {
    expect(placeWindow(null, [small])).toEqual({ width: 1366, height: 728 });
    expect(placeWindow(null, [{ ...small, width: 800, height: 600 }])).toEqual({ width: 1024, height: 640 });
  });

  it('opens a window where it was, on whichever display that is', () => {
    const area = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeWindow(area, [left, right])).toEqual(area);
  });

  it('shrinks a window that is larger than its display', () => {
    const area = { x: 10, y: 10, width: 2500, height: 1300 };
    expect(placeWindow(area, [small])).toEqual({ x: 10, y: 10, width: 1366, height: 728 });
  });

  it.each([
    ['its display is gone', { x: 2000, y: 100, width: 1200, height: 800 }],
    ['only a sliver is on the display', { x: 1800, y: 100, width: 1200, height: 800 }],
    ['its title bar is above the display', { x: 100, y: -30, width: 1200, height: 800 }],
    ['its title bar is below the display', { x: 100, y: 1030, width: 1200, height: 800 }],
  ])('lets the system place the window when %s', (_why, area) => {
    expect(placeWindow(area, [left])).toEqual({ width: 1440, height: 900 });
  });

  it('keeps a window that hangs over the edge', () => {
    const area = { x: -500, y: 0, width: 1200, height: 800 };
    expect(placeWindow(area, [left])).toEqual(area);
  });

  it('opens a window even where no display is told of', () => {
    expect(placeWindow(null, [])).toEqual({ width: 1024, height: 640 });
  });
});
