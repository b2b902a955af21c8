import { expect, test } from 'vitest';
import { readAhead } from '../../../../electron/core/catalogue/read-ahead.ts';

/** Numbers that are told one by one, with a log of what was asked for when. */
function aSource(log: string[], failsAt = 100) {
  return async function* tell(): AsyncGenerator<number, void> {
    try {
      for (let number = 1; number < 100; number++) {
        log.push(`asked ${number}`);
        await Promise.resolve();
        if (number === failsAt) throw new Error(`no ${number}`);
        yield number;
      }
    } finally {
      log.push('left');
    }
  };
}

test('the next is asked for while one is worked on, and nothing behind the last', async () => {
  const log: string[] = [];
  const ahead = readAhead(aSource(log)(), {
    ends: (number) => number === 3,
    stop: () => log.push('stopped'),
  });
  for await (const number of ahead) {
    await Promise.resolve();
    log.push(`done ${number}`);
  }
  expect(log).toEqual(['asked 1', 'asked 2', 'done 1', 'asked 3', 'done 2', 'done 3', 'stopped', 'left']);
});

test('an error waits for the turn of its item', async () => {
  const log: string[] = [];
  const ahead = readAhead(aSource(log, 3)(), { ends: () => false, stop: () => log.push('stopped') });
  const work = async (): Promise<void> => {
    for await (const number of ahead) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      log.push(`done ${number}`);
    }
  };
  await expect(work()).rejects.toThrow('no 3');
  expect(log.filter((line) => line.startsWith('done'))).toEqual(['done 1', 'done 2']);
  expect(log.at(-1)).toBe('stopped');
});

test('whoever reads no further stops what is being asked for, and its error is nobody’s', async () => {
  const log: string[] = [];
  let giveUp: (error: Error) => void = () => undefined;
  async function* hangs(): AsyncGenerator<number, void> {
    yield 1;
    await new Promise((_, reject) => {
      giveUp = reject;
    });
  }
  const ahead = readAhead(hangs(), {
    ends: () => false,
    stop: () => {
      log.push('stopped');
      giveUp(new Error('cut short'));
    },
  });
  for await (const number of ahead) {
    log.push(`done ${number}`);
    break;
  }
  expect(log).toEqual(['done 1', 'stopped']);
});
