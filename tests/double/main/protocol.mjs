import { strict } from '../not-emulated.mjs';

const NULL_BODY = new Set([101, 204, 205, 304]);

/**
 * Electron's `protocol`: custom schemes answered by `(Request) => Response`.
 *
 * Chromium cannot be taught a scheme from outside. Media and images of an unknown scheme can be intercepted as they
 * are; documents cannot, so a page `app://host/x` is really `http://host.app.localhost/x`, a secure context too.
 */
export function createProtocol(desktop) {
  const { schemes } = desktop;
  const privileged = new Map();
  let schemesChanged = () => {};

  const disguise = (url) => {
    const { protocol, host, pathname, search, hash } = new URL(url);
    const scheme = protocol.slice(0, -1);
    return schemes.has(scheme)
      ? `http://${host || 'host'}.${scheme}.localhost${pathname || '/'}${search}${hash}`
      : url;
  };
  const reveal = (url) =>
    url.replace(/^http:\/\/([^/]*)\.([a-z][a-z0-9+-]*)\.localhost(?::\d+)?(?=\/|$)/, (whole, host, scheme) =>
      schemes.has(scheme) ? `${scheme}://${host}` : whole,
    );
  /** A policy that names `scheme:` means its disguise as well. */
  const widenPolicy = (policy) => {
    let widened = policy;
    for (const scheme of schemes.keys()) {
      widened = widened.replaceAll(
        new RegExp(`(^|[\\s"'])${scheme}:(?=[\\s;"']|$)`, 'g'),
        (found) => `${found} http://*.${scheme}.localhost`,
      );
    }
    return widened;
  };

  const answerHeaders = (response, request) => {
    const headers = new Map(response.headers);
    const policy = headers.get('content-security-policy');
    if (policy) headers.set('content-security-policy', widenPolicy(policy));
    const location = headers.get('location');
    if (location) headers.set('location', disguise(new URL(location, reveal(request.url)).href));
    if (request.headers.Origin) {
      headers.set('access-control-allow-origin', request.headers.Origin);
      headers.set('access-control-expose-headers', '*');
    }
    return [...headers].map(([name, value]) => ({ name, value }));
  };
  const answerBody = async (response, request) => {
    if (request.method === 'HEAD' || NULL_BODY.has(response.status)) return Buffer.alloc(0);
    const body = Buffer.from(await response.arrayBuffer());
    // A policy in the document itself.
    return response.headers.get('content-type')?.startsWith('text/html')
      ? Buffer.from(
          body
            .toString('utf8')
            .replace(/<meta[^>]+content-security-policy[^>]*>/i, (meta) => widenPolicy(meta)),
        )
      : body;
  };
  const toRequest = ({ url, method, headers, postDataEntries = [] }) => {
    const options = { method, headers };
    if (postDataEntries.length > 0) {
      options.body = Buffer.concat(postDataEntries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
    }
    return new Request(reveal(url), options);
  };

  return {
    disguise,
    reveal,
    fetchSchemes: () => [...schemes.keys()].filter((scheme) => privileged.get(scheme)?.supportFetchAPI),
    onSchemesChanged(listener) {
      schemesChanged = listener;
    },
    /** What the windows must intercept to serve the schemes. */
    patterns: () =>
      [...schemes.keys()].flatMap((scheme) => [
        { urlPattern: `${scheme}:*` },
        { urlPattern: `http://*.${scheme}.localhost/*` },
      ]),
    /** Answers an intercepted request of the DevTools protocol; null when it is not for a custom scheme. */
    async answer(request) {
      const handler = schemes.get(new URL(reveal(request.url)).protocol.slice(0, -1));
      if (!handler) return null;
      const response = await handler(toRequest(request));
      if (response.type === 'error') throw new Error('the handler answered with Response.error()');
      return {
        responseCode: response.status,
        responsePhrase: response.statusText || undefined,
        responseHeaders: answerHeaders(response, request),
        body: (await answerBody(response, request)).toString('base64'),
      };
    },
    protocol: strict('protocol', {
      registerSchemesAsPrivileged(list) {
        for (const { scheme, privileges = {} } of list) privileged.set(scheme, privileges);
      },
      handle(scheme, handler) {
        if (schemes.has(scheme)) throw new Error(`The scheme '${scheme}' has already been registered.`);
        schemes.set(scheme, handler);
        schemesChanged();
      },
      unhandle(scheme) {
        schemes.delete(scheme);
        schemesChanged();
      },
      isProtocolHandled: (scheme) => schemes.has(scheme),
    }),
  };
}
