import type { TransferStanding } from '../hosts/desktop/transfer-watch.ts';

/** What the system offers to show that something is going on. */
export interface SystemSigns {
  /** Draws on the window's entry in the taskbar and on the dock: 0 to 1, above 1 without an end, below 0 nothing. */
  setProgress(share: number): void;
  keepAwake(): number;
  letSleep(id: number): void;
  notify(what: { readonly title: string; readonly body: string }): void;
}

const noProgress = -1;
const withoutEnd = 2;

/** Shows the downloads outside the window: progress on the dock, no sleep, and one notice when all have ended. */
export function createTransferSigns(signs: SystemSigns) {
  let blocker: number | null = null;
  let shown = noProgress;

  const stayAwake = (wanted: boolean): void => {
    if (wanted) blocker ??= signs.keepAwake();
    else if (blocker !== null) {
      signs.letSleep(blocker);
      blocker = null;
    }
  };
  const draw = (share: number): void => {
    if (share !== shown) signs.setProgress(share);
    shown = share;
  };

  return {
    show: (now: TransferStanding): void => {
      stayAwake(now.active > 0 && now.keepAwake);
      // Whole percents: the system draws no finer, and each call crosses to another process.
      draw(
        now.active === 0 ? noProgress : now.share === null ? withoutEnd : Math.floor(now.share * 100) / 100,
      );
      if (now.ended && now.notifyWhenDone) signs.notify(endWords(now.ended));
    },
    /** There is no core, so nothing is under way. */
    clear: (): void => {
      stayAwake(false);
      draw(noProgress);
    },
    /** A window was opened anew and shows nothing yet. */
    redraw: (): void => {
      if (shown !== noProgress) signs.setProgress(shown);
    },
  };
}

/** One notice for all that ended together. */
export function endWords({ done, failed }: { done: number; failed: number }): {
  title: string;
  body: string;
} {
  const count = (number: number): string => `${number} ${number === 1 ? 'download' : 'downloads'}`;
  if (failed === 0) return { title: 'Downloads complete', body: `${count(done)} complete.` };
  if (done === 0)
    return { title: 'Downloads failed', body: `${count(failed)} failed. The reasons are in the list.` };
  return {
    title: 'Downloads ended',
    body: `${count(done)} complete, ${failed} failed. The reasons are in the list.`,
  };
}
