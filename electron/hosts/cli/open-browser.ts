import { spawn } from 'node:child_process';

/** Opens an address in the user's browser, where there is one; nothing depends on it. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv): boolean {
  const how = opener(env);
  if (!how) return false;
  const [command, ...args] = how;
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
  return true;
}

function opener(env: NodeJS.ProcessEnv): [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open'];
  // Not `start`: that is a word of cmd.exe, which would read the address as a command line.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null;
}
