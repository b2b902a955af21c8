import type { AssetNotice, AssetStatus } from '../../../../shared/contract/catalogue.ts';
import { readEmbargo } from './agency-embargo.ts';

/** What an item says of whether and how it may be used, in its own words. */
export interface StandingSigns {
  /** The publication status without its scheme. */
  readonly pubStatus: string | null;
  readonly edNotes: readonly string[];
  /** The codes of signals: `correction`, `update`. */
  readonly signals: readonly string[];
  readonly headline: string | null;
  /** The embargo as written; an empty text is an embargo without an end, null is none. */
  readonly embargoed: string | null;
  readonly usageText: string | null;
  readonly hasMedia: boolean;
}

/** Where an item stands, for the model. */
export interface Standing {
  readonly status: AssetStatus;
  readonly statusReason: string | null;
  readonly notice: AssetNotice | null;
  readonly embargoUntilMs: number | null;
  readonly embargoText: string | null;
}

/** Judges where an item stands. What cannot be understood is held back, not let through. */
export function standingOf(signs: StandingSigns, nowMs: number): Standing {
  const embargo = readEmbargo(signs);
  const held = embargo.text !== null || (embargo.untilMs !== null && embargo.untilMs > nowMs);
  return {
    status: statusOf(signs, held),
    statusReason: signs.pubStatus,
    notice: noticeOf(signs),
    embargoUntilMs: embargo.untilMs,
    embargoText: embargo.text,
  };
}

function statusOf(signs: StandingSigns, embargoed: boolean): AssetStatus {
  const said = (signs.pubStatus ?? 'usable').toLowerCase();
  if (isCancelled(said)) return 'withdrawn';
  // A word that is none of the standard's three is not taken for leave to use the item.
  if (said !== 'usable') return 'withheld';
  if (embargoed) return 'embargoed';
  return signs.hasMedia ? 'usable' : 'expected';
}

function isCancelled(pubStatus: string): boolean {
  return pubStatus === 'canceled' || pubStatus === 'cancelled';
}

// A word at the head of a line tells what a message is about; the status of the item is told by the item alone.
const opening =
  /^\W*(?:(?:mandatory |picture |video )?kill|corrections?|corrects|corrected|advisory|update[ds]?|clarification)\b[^\p{L}]*[:–—-]/iu;

function noticeOf(signs: StandingSigns): AssetNotice | null {
  const note = signs.edNotes.length === 0 ? null : signs.edNotes.join('\n');
  if (isCancelled((signs.pubStatus ?? '').toLowerCase())) {
    return { kind: 'kill', text: note ?? signs.headline };
  }
  const opened = [...signs.edNotes, signs.headline ?? ''].find((line) => opening.test(line)) ?? null;
  const signals = signs.signals.map((signal) => signal.toLowerCase());
  if (signals.some((signal) => signal.startsWith('correct')))
    return { kind: 'correction', text: note ?? opened };
  if (signals.some((signal) => signal.startsWith('update'))) return { kind: 'update', text: note ?? opened };
  if (opened === null) return null;
  const kind = /^\W*correct/i.test(opened) ? 'correction' : 'update';
  return { kind, text: note !== null && opened === signs.headline ? `${opened}\n${note}` : (note ?? opened) };
}
