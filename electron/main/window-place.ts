/** A rectangle in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest window that every screen of the application fits in. */
export const smallestWindow = { width: 1024, height: 640 } as const;
const usualWindow = { width: 1440, height: 900 } as const;
/** So much of a window must be on a display for it to be seen and grasped. */
const graspWidth = 160;
const graspHeight = 40;

/**
 * Where to open the window: where it was, unless that place is gone or too small.
 *
 * Without `x` and `y` the system places it.
 */
export function placeWindow(
  saved: Area | null,
  workAreas: readonly Area[],
): { width: number; height: number; x?: number; y?: number } {
  const home = saved && workAreas.find((area) => canGrasp(saved, area));
  if (!saved || !home) {
    const largest = Math.max(0, ...workAreas.map((area) => area.width));
    const highest = Math.max(0, ...workAreas.map((area) => area.height));
    return {
      width: clamp(usualWindow.width, smallestWindow.width, largest),
      height: clamp(usualWindow.height, smallestWindow.height, highest),
    };
  }
  return {
    x: saved.x,
    y: saved.y,
    width: clamp(saved.width, smallestWindow.width, home.width),
    height: clamp(saved.height, smallestWindow.height, home.height),
  };
}

/** Whether enough of a window's title bar lies on a display. */
function canGrasp(window: Area, area: Area): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  const isTitleVisible = window.y >= area.y && window.y + graspHeight <= area.y + area.height;
  return isTitleVisible && right - left >= graspWidth;
}

/** The least wins over the most: a small display gets a window that is larger than itself. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
