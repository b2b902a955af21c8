import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_TEST_ARGS, chromiumExecutable } from './scripts/chromium.mjs';
import { electronBinary } from './scripts/electron-binary.mjs';

const chromium = chromiumExecutable();
if ('missing' in chromium) throw new Error(chromium.missing);
// Where Electron's binary cannot be had, `_electron.launch` starts the double in its place.
if (!electronBinary() && process.platform !== 'win32')
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join(import.meta.dirname, 'tests', 'double');

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'out/test-results',
  workers: 1,
  timeout: 60_000,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['line'], ['./scripts/playwright-reporter.mjs']],
  use: {
    launchOptions: {
      executablePath: chromium.path,
      args: [...CHROMIUM_TEST_ARGS],
      env: { ...process.env, ...chromium.env },
    },
    trace: 'retain-on-failure',
    video: 'off', // Playwright's recorder is a download of its own
  },
  projects: [
    { name: 'browser', testDir: 'tests/e2e/browser' },
    { name: 'desktop', testDir: 'tests/e2e/desktop', retries: 1 },
    { name: 'double', testDir: 'tests/e2e/double' },
  ],
});
