import type { Session } from 'electron';
import type { AppOrigin } from './app-origin.ts';

/** What the page may do without being asked about: copy text on a click, and show a video full screen. */
const permitted: readonly string[] = ['clipboard-sanitized-write', 'fullscreen'];

/** Takes from pages what Electron gives by default: permissions, the network, and downloads. */
export function guardSession(session: Session, origin: AppOrigin): void {
  const mayHave = (permission: string, url: string, isMainFrame: boolean): boolean =>
    permitted.includes(permission) && isMainFrame && origin.isPage(url);
  session.setPermissionRequestHandler((...[, permission, answer, details]) =>
    answer(mayHave(permission, details.requestingUrl, details.isMainFrame)),
  );
  session.setPermissionCheckHandler((...[, permission, requestingOrigin, details]) =>
    mayHave(permission, details.requestingUrl ?? requestingOrigin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !origin.mayRequest(details.url) }),
  );
  session.on('will-download', (event) => event.preventDefault());
}
