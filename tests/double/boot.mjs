// Runs an Electron app on the double, in the order Electron does: preloaded scripts, the app's main module, then `ready`.
import { readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseCommandLine } from './command-line.mjs';

const here = import.meta.dirname;
const SLOW_MAIN_MODULE_MS = 10_000;

/** Finds the app that Electron's command line names: a folder with a package.json, or a script. */
function findApp(entry) {
  const target = resolve(entry);
  if (!statSync(target).isDirectory()) return { appPath: dirname(target), main: target, packageJson: {} };
  const packageJson = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
  return { appPath: target, main: join(target, packageJson.main ?? 'index.js'), packageJson };
}

function impersonateElectron(appPath) {
  const { version } = JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve('electron/package.json')), 'utf8'),
  );
  process.versions.electron = `${version}-double`;
  process.type = 'browser';
  process.defaultApp = true;
  process.resourcesPath = join(appPath, 'resources');
  process.argv = [join(here, 'electron'), ...process.argv.slice(2)];
}

async function run() {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const { appPath, main, packageJson } = findApp(commandLine.entry);
  impersonateElectron(appPath);
  registerHooks({
    resolve: (specifier, context, next) =>
      ['electron', 'electron/main', 'electron/common'].includes(specifier)
        ? { url: pathToFileURL(join(here, 'electron.mjs')).href, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
  // Prints the "Debugger listening on …" line by which Playwright finds the main process.
  if (commandLine.inspectPort !== null) inspector.open(commandLine.inspectPort, '127.0.0.1');

  const { launch } = await import('./electron.mjs');
  const electron = launch({ appPath, packageJson, switches: commandLine.switches });

  const require = createRequire(join(process.cwd(), 'preloaded.js'));
  for (const script of commandLine.preloads) require(script);

  const slow = setTimeout(() => {
    console.error('double: the main module is still loading; Electron emits `ready` only when it has loaded');
  }, SLOW_MAIN_MODULE_MS);
  await import(pathToFileURL(main).href);
  clearTimeout(slow);
  await electron.becomeReady();
}

try {
  await run();
} catch (error) {
  console.error(error);
  process.exit(1);
}
