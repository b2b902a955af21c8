import type { WebContents } from 'electron';
import type { AppOrigin } from './app-origin.ts';
import type { ShellLog } from './shell-log.ts';

/** Keeps a page where it is: it leads nowhere else, opens no window and embeds no other page. */
export function guardContents(contents: WebContents, deps: { origin: AppOrigin; log: ShellLog }): void {
  const stay = (event: { url: string; preventDefault(): void }): void => {
    if (deps.origin.isPage(event.url)) return;
    event.preventDefault();
    deps.log.warn('The page wanted to go elsewhere.', { url: event.url.slice(0, 200) });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
