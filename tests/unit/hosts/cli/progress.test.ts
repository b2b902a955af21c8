import { describe, expect, it } from 'vitest';
import {
  barLine,
  createProgress,
  progressMode,
  type ProgressMode,
} from '../../../../electron/hosts/cli/progress.ts';

function told(mode: ProgressMode) {
  const written: string[] = [];
  let nowMs = 0;
  const sink = { columns: 60, write: (text: string) => written.push(text) };
  const progress = createProgress(sink, mode, () => nowMs);
  const step = (done: number, total: number | null, afterMs = 10): void => {
    nowMs += afterMs;
    progress.update({ what: 'quay.mxf', done, total, unit: 'items' });
  };
  return { written, progress, step };
}

describe('progress', () => {
  it('chooses its form by what was asked and where it goes', () => {
    const base = { progress: undefined, json: false, quiet: false, isTTY: true };
    expect(progressMode(base)).toBe('bar');
    expect(progressMode({ ...base, isTTY: false })).toBe('lines');
    expect(progressMode({ ...base, json: true })).toBe('silent');
    expect(progressMode({ ...base, quiet: true })).toBe('silent');
    expect(progressMode({ ...base, json: true, progress: 'json' })).toBe('json');
  });

  it('draws a bar that fits the terminal', () => {
    const state = {
      what: 'quay\u001b.mxf',
      done: 50,
      total: 100,
      unit: 'bytes' as const,
      bytesPerSecond: 1e6,
    };
    expect(barLine(state, 80)).toBe('[############............] 50 B of 100 B, 1.0 MB/s  quay\ufffd.mxf');
    expect(barLine(state, 40)).toHaveLength(39);
    expect(barLine({ ...state, total: null }, 80)).toBe('50 B, 1.0 MB/s  quay\ufffd.mxf');
  });

  it('draws no more than ten bars a second, and the last one always', () => {
    const { written, progress, step } = told('bar');
    for (let done = 1; done <= 100; done++) step(done, 100);
    progress.end();
    expect(written.length).toBeLessThanOrEqual(13);
    expect(written.at(-2)).toContain('100 of 100');
    expect(written.at(-1)).toBe('\n');
  });

  it('gives each of several parts a line, draws over them, and names what is left', () => {
    const { written, progress } = told('bar');
    const part = (what: string, done: number) => ({
      what,
      done,
      total: 10,
      unit: 'bytes' as const,
      etaMs: 61_000,
    });
    const parts = [part('a.mxf', 5), part('b.mxf', 0)];
    progress.update({ what: '2 files', done: 20, total: 20, unit: 'bytes', parts });
    progress.update({ what: '2 files', done: 20, total: 20, unit: 'bytes', parts: [] });
    const [first = '', second = ''] = written;
    expect(first.split('\n').map((line) => line.replace('\r\u001b[2K', ''))).toEqual([
      expect.stringContaining('2 files'),
      expect.stringMatching(/5 B of 10 B, 1 min 01 s left {2}a\.mxf$/),
      expect.stringContaining('b.mxf'),
    ]);
    expect(second.startsWith('\u001b[2A\r\u001b[2K')).toBe(true);
    expect(second.split('\n')).toHaveLength(3);
  });

  it('writes a line a tenth where there is no terminal', () => {
    const { written, step } = told('lines');
    for (let done = 1; done <= 100; done++) step(done, 100);
    expect(written).toHaveLength(11);
    expect(written.at(-1)).toBe('quay.mxf: 100 of 100\n');
  });

  it('writes a line now and then where the end is not known', () => {
    const { written, step } = told('lines');
    for (let done = 0; done < 100; done++) step(done, null, 100);
    expect(written).toHaveLength(2);
  });

  it('writes JSON lines that parse, the last one included', () => {
    const { written, step } = told('json');
    for (let done = 1; done <= 100; done++) step(done, 100, 5);
    const states = written.map((line) => JSON.parse(line) as { progress: { done: number } });
    expect(states.at(-1)).toEqual({ progress: { what: 'quay.mxf', done: 100, total: 100, unit: 'items' } });
    expect(states.length).toBeLessThan(10);
  });

  it('is silent when told to be', () => {
    const { written, step } = told('silent');
    step(1, 2);
    expect(written).toEqual([]);
  });
});
