import type { Source } from '../../../shared/contract/sources.ts';
import { columns, countText, durationText, facts } from './text.ts';

/** A source in names and values. */
export function sourceFacts(source: Source, now: number = Date.now()): string[] {
  return facts([
    ['id', source.id],
    ['name', source.name],
    ['kind', source.kind],
    ['address', source.url],
    ['found', source.how],
    ['state', source.state],
    ['health', healthText(source, now)],
    ['came back', source.state === 'ok' ? null : source.evidence],
    ['read', scheduleText(source, now)],
    ['key', source.takesKey ? (source.hasKey ? 'kept' : 'none') : null],
    ['assets', source.assets],
  ]);
}

/** Each source on a line, and how it is doing on one below it. */
export function sourceLines(sources: readonly Source[], now: number = Date.now()): string[] {
  if (sources.length === 0) return ['No sources. Add one with "rushes source add URL".'];
  const lines = columns(
    sources.map(({ id, name, url, state, assets }) => [id, state, countText(assets, 'asset'), name, url]),
  );
  return lines.flatMap((line, at) => {
    const source = sources[at];
    if (!source) return [line];
    return [line, `  ${healthText(source, now)}; ${scheduleText(source, now)}`];
  });
}

/** How a source is doing: when it was last read well, what of it could not be read, and why it is not well. */
function healthText(source: Source, now: number): string {
  const { lastSyncAtMs, failedItems, reason } = source;
  const parts = [lastSyncAtMs === null ? 'never read' : `read well ${durationText(now - lastSyncAtMs)} ago`];
  if (failedItems > 0) parts.push(`${countText(failedItems, 'item')} could not be read`);
  if (source.takesKey && !source.hasKey) parts.push('has no key');
  if (reason !== null) parts.push(reason.replace(/\.$/, ''));
  return parts.join(', ');
}

function scheduleText({ everyMinutes, nextSyncAtMs }: Source, now: number): string {
  if (everyMinutes === null) return 'only by hand';
  const every = `every ${everyText(everyMinutes)}`;
  if (nextSyncAtMs === null) return `${every} while Rushes is open`;
  return nextSyncAtMs <= now ? `${every}, next now` : `${every}, next in ${durationText(nextSyncAtMs - now)}`;
}

/** In the unit it was given in: `15 min`, `6 h`, `2 d`. */
function everyText(minutes: number): string {
  if (minutes % (24 * 60) === 0) return `${minutes / (24 * 60)} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
