import { defineConfig } from 'vitest/config';

// One runner for two kinds of test. Real parts throughout: SQLite files, sockets and ffmpeg, never module mocks.
export default defineConfig({
  test: {
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
