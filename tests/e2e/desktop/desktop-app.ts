import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..', '..');

/** The desktop application, running on a home of its own. */
export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
}

/** A temporary folder for one test's home. */
export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), 'rushes-desktop-'));
}

/** Removes a home; Chromium may still be letting go of its profile. */
export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** The arguments and environment of a start, for Playwright and for a plain spawn alike. */
export function launchOptions(home: string, more: readonly string[] = []) {
  const { ELECTRON_RENDERER_URL: _dev, RUSHES_HOME: _home, ...env } = process.env;
  return {
    args: [root, '--home', home, ...more],
    cwd: root,
    env: { ...(env as Record<string, string>), RUSHES_DOWNLOADS: join(home, 'downloads') },
  };
}

/** Starts the application and waits until the page is there. */
export async function startDesktop(home: string, more: readonly string[] = []): Promise<DesktopApp> {
  const app = await _electron.launch(launchOptions(home, more));
  const page = await app.firstWindow();
  await page.getByRole('navigation').first().waitFor();
  return { app, page, home };
}

/** Which Electron runs: its version, with `-double` behind it where the double stands in. */
export function electronVersion(app: ElectronApplication): Promise<string> {
  return app.evaluate(() => process.versions['electron'] ?? 'unknown');
}

/** The processes below one, with what each was started as. */
export function processesBelow(pid: number): { pid: number; command: string }[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const all = rows.map((row) => {
    const [, child = '0', parent = '0', command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return { pid: Number(child), parent: Number(parent), command };
  });
  const below = (of: number): { pid: number; command: string }[] =>
    all.flatMap((one) => (one.parent === of ? [one, ...below(one.pid)] : []));
  return below(pid);
}

/** The process in which the core runs. */
export function corePid(app: ElectronApplication): number {
  const found = processesBelow(app.process().pid ?? 0).find(
    ({ command }) => command.includes('out/main/utility.js') || command.includes('node.mojom.NodeService'),
  );
  if (!found) throw new Error('no core process');
  return found.pid;
}

/** Whether a process lives; one that has ended and was not reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
