import type { Contender, Measured } from './contenders.ts';

/** The middle one, which one slow run does not move. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

/** A table in Markdown: medians, and each beside what it is compared with. */
export function tableOf(
  contenders: readonly Contender[],
  measured: ReadonlyMap<string, readonly Measured[]>,
): string {
  const msOf = (name: string): number => median((measured.get(name) ?? []).map(({ ms }) => ms));
  const column = (name: string, of: (one: Measured) => number | undefined): string => {
    const values = (measured.get(name) ?? []).flatMap((one) => of(one) ?? []);
    return values.length === 0 ? '' : median(values).toFixed(0);
  };
  const lines = contenders.map(({ name, against }) =>
    [
      name,
      msOf(name).toFixed(0),
      measured.has(against) ? `${(msOf(name) / msOf(against)).toFixed(2)} × ${against}` : '',
      column(name, ({ cpuMs }) => cpuMs),
      column(name, ({ maxRssMiB }) => maxRssMiB),
      column(name, ({ loopP99Ms }) => loopP99Ms),
    ].join(' | '),
  );
  const head = ['', 'ms', 'ratio', 'CPU ms', 'RSS MiB', 'loop p99 ms'].join(' | ');
  return `| ${head} |\n|---|---|---|---|---|---|\n${lines.map((line) => `| ${line} |`).join('\n')}\n`;
}
