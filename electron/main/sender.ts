import type { AppOrigin } from './app-origin.ts';

/** What is known of who sent a message to the shell. */
export interface Sender {
  /** The address of the frame that sent it; missing when the frame is gone. */
  readonly url: string | undefined;
  readonly isMainFrame: boolean;
  readonly isOurWindow: boolean;
}

/** Why a message is refused, or null: only the application's page in the main frame of its window is heard. */
export function senderProblem(sender: Sender, origin: AppOrigin): string | null {
  if (!sender.isOurWindow) return 'not from the window';
  if (!sender.isMainFrame) return 'not from the main frame';
  if (sender.url === undefined || !origin.isPage(sender.url)) return 'not from the page';
  return null;
}
