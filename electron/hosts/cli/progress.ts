import type { Sink } from './terminal.ts';
import { bytesText, durationText, plainText } from './text.ts';

/** How far a piece of work is. `total` is null until it is known. */
export interface ProgressState {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'bytes' | 'items';
  readonly bytesPerSecond?: number | null;
  /** Milliseconds until the end, as far as it can be told. */
  readonly etaMs?: number | null;
  /** What it consists of, where each part is worth a line of its own. */
  readonly parts?: readonly ProgressState[];
}

/** How progress is told. */
export type ProgressMode = 'bar' | 'lines' | 'json' | 'silent';

/** Tells how far work is, on stderr. */
export interface Progress {
  update(state: ProgressState): void;
  /** Leaves the line, so that what follows stands on its own. */
  end(): void;
}

/** Bars are drawn and JSON lines written at most this often, in milliseconds. */
const paceMs = 100;
/** Plain lines come once a tenth of the way, or this often when the end is not known, in milliseconds. */
const linePaceMs = 5000;
/** Cells of a bar: fewer on a narrow terminal, where the name needs the room. */
const barCells = (width: number): number => Math.min(24, Math.max(8, width - 56));
/** Lines for single parts that a terminal is asked to hold. */
const mostParts = 8;
/** The width of a terminal that does not tell its own, or tells 0. */
const usualColumns = 80;

/** Makes the teller of progress for one command. */
export function createProgress(
  sink: Sink,
  mode: ProgressMode,
  now: () => number = () => performance.now(),
): Progress {
  if (mode === 'bar') return createBar(sink, now);
  if (mode === 'lines') return createLines(sink, now);
  if (mode === 'json') return createJsonLines(sink, now);
  return { update: () => undefined, end: () => undefined };
}

/** The mode for what was asked and where stderr goes. */
export function progressMode(asked: {
  progress: 'json' | undefined;
  json: boolean;
  quiet: boolean;
  isTTY: boolean;
}): ProgressMode {
  if (asked.progress === 'json') return 'json';
  if (asked.json || asked.quiet) return 'silent';
  return asked.isTTY ? 'bar' : 'lines';
}

/** One line of a bar, cut to the width of the terminal. */
export function barLine(state: ProgressState, width: number): string {
  const share = shareOf(state);
  const cells = barCells(width);
  const filled = Math.round((share ?? 0) * cells);
  const bar = share === null ? '' : `[${'#'.repeat(filled)}${'.'.repeat(cells - filled)}] `;
  return plainText(`${bar}${amount(state)}  ${state.what}`).slice(0, Math.max(20, width - 1));
}

function createBar(sink: Sink, now: () => number): Progress {
  let drawnAt = -Infinity;
  /** Lines on the screen; the cursor stands at the end of the last. */
  let height = 0;
  return {
    update: (state) => {
      if (now() - drawnAt < paceMs && state.done !== state.total) return;
      drawnAt = now();
      const width = sink.columns || usualColumns;
      const lines = barLines(state, width);
      // Lines that are no longer needed stay as empty ones: taking them away would make the screen jump.
      while (lines.length < height) lines.push('');
      const up = height > 1 ? `\u001b[${height - 1}A` : '';
      height = lines.length;
      sink.write(`${up}${lines.map((line) => `\r\u001b[2K${line}`).join('\n')}`);
    },
    end: () => {
      if (height > 0) sink.write('\n');
      height = 0;
    },
  };
}

/** The whole in one line and, where there are several parts, a line for each. */
function barLines(state: ProgressState, width: number): string[] {
  const parts = state.parts ?? [];
  if (parts.length < 2) return [barLine(state, width)];
  const shown = parts.slice(0, mostParts);
  const rest = parts.length - shown.length;
  const more = rest === 0 ? [] : [`  and ${rest} more`];
  return [barLine(state, width), ...shown.map((part) => `  ${barLine(part, width - 2)}`), ...more];
}

function createLines(sink: Sink, now: () => number): Progress {
  const told = new Map<string, { tenth: number; at: number }>();
  return {
    update: (state) => {
      const share = shareOf(state);
      const tenth = share === null ? -1 : Math.floor(share * 10);
      const last = told.get(state.what);
      const due = share === null ? now() - (last?.at ?? -Infinity) >= linePaceMs : tenth !== last?.tenth;
      if (!due) return;
      told.set(state.what, { tenth, at: now() });
      sink.write(`${plainText(`${state.what}: ${amount(state)}`)}\n`);
    },
    end: () => told.clear(),
  };
}

function createJsonLines(sink: Sink, now: () => number): Progress {
  const told = new Map<string, number>();
  return {
    update: (state) => {
      const finished = state.total !== null && state.done >= state.total;
      if (!finished && now() - (told.get(state.what) ?? -Infinity) < paceMs) return;
      told.set(state.what, now());
      sink.write(`${JSON.stringify({ progress: state })}\n`);
    },
    end: () => told.clear(),
  };
}

function shareOf({ done, total }: ProgressState): number | null {
  return total === null || total <= 0 ? null : Math.min(1, done / total);
}

function amount(state: ProgressState): string {
  const text = (value: number): string => (state.unit === 'bytes' ? bytesText(value) : String(value));
  const speed = state.bytesPerSecond ? `, ${bytesText(state.bytesPerSecond)}/s` : '';
  const left = state.etaMs ? `, ${durationText(state.etaMs)} left` : '';
  return `${text(state.done)}${state.total === null ? '' : ` of ${text(state.total)}`}${speed}${left}`;
}
