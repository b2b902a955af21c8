const PRELOAD_FLAGS = new Set(['-r', '--require']);
const DEFAULT_INSPECT_PORT = 9229;

/**
 * Reads the arguments of Electron's executable.
 *
 * `entry` is the app, `preloads` the scripts of `-r`, `switches` the `--name=value` arguments by name (value '' when
 * there is none) and `inspectPort` the port of `--inspect`, null when it is not asked for.
 */
export function parseCommandLine(args) {
  const preloads = [];
  const switches = new Map();
  let entry = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (PRELOAD_FLAGS.has(arg)) preloads.push(args[++i]);
    else if (arg.startsWith('--')) {
      const [, name, value = ''] = /^--([^=]*)(?:=(.*))?$/s.exec(arg);
      switches.set(name, value);
    } else if (!arg.startsWith('-')) entry ??= arg;
  }
  const inspect = switches.get('inspect');
  return {
    entry: entry ?? '.',
    preloads,
    switches,
    inspectPort: inspect === undefined ? null : Number(inspect === '' ? DEFAULT_INSPECT_PORT : inspect),
  };
}
