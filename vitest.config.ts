import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// One runner for two kinds of test. Real parts throughout: SQLite files, sockets and ffmpeg, never module mocks.
export default defineConfig({
  test: {
    // Left alone, one core is kept free for the runner, which needs none: real parts are mostly waited for.
    maxWorkers: Math.max(2, availableParallelism()),
    maxConcurrency: 3,
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          testTimeout: 60_000,
          // A busy machine may take its time over starting a process; no test is decided by a second.
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
