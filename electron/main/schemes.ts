import { protocol } from 'electron';
import type { Ask } from '../hosts/desktop/exchange.ts';
import type { CoreQuestions } from '../hosts/desktop/messages.ts';
import { serveMedia } from '../hosts/desktop/serve-media.ts';
import type { PageFile } from '../hosts/serve/static-files.ts';
import { mediaPathname, mediaScheme, pageScheme } from './app-origin.ts';
import { answerPage } from './app-page.ts';

/** Declares the two schemes. Electron wants it before it is ready. Neither bypasses the content security policy. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: mediaScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Serves the page from its built files, and media by what the core finds. */
export function serveSchemes(deps: { files: ReadonlyMap<string, PageFile>; ask: Ask<CoreQuestions> }): void {
  protocol.handle(pageScheme, (request) => answerPage(request, deps.files));
  protocol.handle(mediaScheme, async (request) => {
    const pathname = mediaPathname(request.url);
    return pathname === null ? new Response(null, { status: 404 }) : serveMedia(request, pathname, deps.ask);
  });
}
