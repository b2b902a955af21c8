import { settingsShape, type Settings } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** A setting by its path: `theme`, `proxy.mode`, `traffic.profiles.0.name`. */
export interface NamedSetting {
  readonly key: string;
  readonly value: unknown;
}

const words: Readonly<Record<string, unknown>> = {
  on: true,
  yes: true,
  true: true,
  off: false,
  no: false,
  false: false,
};
/** What takes a value away where a setting may be without one. */
const nothing = new Set(['none', 'null']);

/** Every setting with a value of its own; lists are one value. */
export function flatSettings(settings: Settings): NamedSetting[] {
  const walk = (key: string, value: unknown): NamedSetting[] =>
    isGroup(value)
      ? Object.entries(value).flatMap(([name, inner]) => walk(`${key}.${name}`, inner))
      : [{ key, value }];
  return Object.entries(settings).flatMap(([key, value]) => walk(key, value));
}

/**
 * The value of one setting, or of a group of them.
 *
 * @throws RushesError USAGE where there is no such setting.
 */
export function settingAt(settings: Settings, key: string): unknown {
  let at: unknown = settings;
  for (const name of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
      throw unknownSetting(settings, key);
    at = Reflect.get(at, name);
  }
  return at;
}

/**
 * The change that gives one setting a value that was typed: as it stands where the setting is a text, else a number,
 * `on` or `off`, `none`, or JSON. What the whole setting may be decides, not how the text looks.
 *
 * @throws RushesError USAGE in one sentence.
 */
export function settingChange(settings: Settings, key: string, text: string): Partial<Settings> {
  settingAt(settings, key);
  const [top = '', ...path] = key.split('.');
  const shape = settingsShape.shape[top as keyof Settings];
  const candidates = readings(text);
  for (const value of candidates) {
    const read = shape.safeParse(withValue(settings[top as keyof Settings], path, value));
    if (read.success) return { [top]: read.data };
  }
  // The last reading is the most particular one, and says best what is wrong.
  const why = shape.safeParse(withValue(settings[top as keyof Settings], path, candidates.at(-1)));
  const issue = why.error?.issues[0];
  const where = issue?.path.length ? [top, ...issue.path].join('.') : top;
  throw new RushesError(
    'USAGE',
    `"${text}" is no value for ${key}: ${where}: ${issue?.message ?? 'not accepted'}.`,
  );
}

/** What a text may mean, the likeliest first. */
function readings(text: string): unknown[] {
  const found: unknown[] = nothing.has(text) ? [null, text] : [text];
  if (Object.hasOwn(words, text.toLowerCase())) found.push(words[text.toLowerCase()]);
  try {
    found.push(JSON.parse(text));
  } catch {
    // It is no JSON, then.
  }
  return found;
}

function withValue(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const inner = withValue(Reflect.get(Object(whole), name), rest, value);
  if (Array.isArray(whole)) return whole.map((one: unknown, at) => (String(at) === name ? inner : one));
  return { ...Object(whole), [name]: inner };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownSetting(settings: Settings, key: string): RushesError {
  return new RushesError('USAGE', `There is no setting "${key}".`, {
    hint: `The settings are ${flatSettings(settings)
      .map((one) => one.key)
      .join(', ')}.`,
  });
}
