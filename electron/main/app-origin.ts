/** The scheme and host of the application's page. */
export const pageScheme = 'app';
const pageHost = 'rushes';
/** The scheme and host of pictures and video. */
export const mediaScheme = 'rushes-media';
const mediaHost = 'local';

/** The address of the application's page as built. */
export const builtPageUrl = `${pageScheme}://${pageHost}/`;

/** What a page may reach without a network. */
const localProtocols = [`${pageScheme}:`, `${mediaScheme}:`, 'blob:', 'data:'];

/** Where the page comes from, decided once: the built files, or a development server where that is allowed. */
export interface AppOrigin {
  readonly pageUrl: string;
  readonly isBuilt: boolean;
  /** Whether an address is of the application's own page. */
  isPage(url: string): boolean;
  /** Whether the page may request an address at all. */
  mayRequest(url: string): boolean;
}

/**
 * Decides about addresses by parsing them: a prefix would let `app://rushes.evil` and `app://rushes@evil` through.
 *
 * @param devServer the development server's address; given only where the application is not packaged.
 */
export function createAppOrigin(devServer: string | undefined): AppOrigin {
  const dev = devServer === undefined ? null : new URL(devServer);
  const isPage = (text: string): boolean => {
    const url = URL.parse(text);
    if (url === null || url.username !== '' || url.password !== '') return false;
    if (dev) return url.origin === dev.origin;
    return url.protocol === `${pageScheme}:` && url.host === pageHost;
  };
  return {
    pageUrl: dev?.href ?? builtPageUrl,
    isBuilt: dev === null,
    isPage,
    mayRequest: (text) => {
      const url = URL.parse(text);
      if (url === null) return false;
      if (localProtocols.includes(url.protocol)) return true;
      // Developer tools are themselves a page, and hot reloading speaks WebSocket to the development server.
      return dev !== null && (url.protocol === 'devtools:' || url.host === dev.host);
    },
  };
}

/** The path of a media address; null when it is not one. */
export function mediaPathname(text: string): string | null {
  const url = URL.parse(text);
  if (url?.protocol !== `${mediaScheme}:` || url.host !== mediaHost) return null;
  return url.username === '' && url.password === '' && url.search === '' ? url.pathname : null;
}
