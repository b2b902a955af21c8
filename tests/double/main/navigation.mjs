import { createEvent } from '../not-emulated.mjs';

const originOf = (url) => {
  const { protocol, host, origin } = new URL(url);
  return origin === 'null' && host ? `${protocol}//${host}` : origin;
};

/**
 * Where a window's page goes: loading, the events of it, and what an app may prevent.
 *
 * Every request for a document is intercepted, which is how `will-navigate` can be honoured; so are the requests for
 * custom schemes, which `schemeAccess` answers.
 */
export function createNavigation({ contents, window, desktop, schemeAccess }) {
  let cdp = null;
  let mainFrameId = null;
  let expected = false; // the app itself asked for the next document
  let loading = false;
  let shown = false;

  const mainFrame = {
    url: 'about:blank',
    name: '',
    processId: 1,
    routingId: 1,
    frameTreeNodeId: 1,
    parent: null,
    frames: [],
    detached: false,
    visibilityState: 'visible',
    get origin() {
      return originOf(mainFrame.url);
    },
    get top() {
      return mainFrame;
    },
    isDestroyed: () => contents.isDestroyed(),
    send: (channel, ...args) => contents.send(channel, ...args),
    postMessage: (channel, message, transfer) => contents.postMessage(channel, message, transfer),
    executeJavaScript: (code) => contents.executeJavaScript(code),
  };

  /** Whether the app lets a page go there. Its own loads and reloads are not asked about. */
  const mayNavigate = ({ frameId, request, redirectedRequestId }) => {
    const isMainFrame = frameId === mainFrameId;
    const url = schemeAccess.reveal(request.url);
    if (isMainFrame && (expected || url === mainFrame.url)) {
      expected = false;
      return true;
    }
    const event = createEvent({
      url,
      isMainFrame,
      isSameDocument: false,
      frame: mainFrame,
      initiator: mainFrame,
    });
    contents.emit('will-frame-navigate', event);
    if (isMainFrame) contents.emit(redirectedRequestId ? 'will-redirect' : 'will-navigate', event, url);
    return !event.defaultPrevented;
  };

  const answerRequest = async (paused) => {
    const { requestId, request, resourceType } = paused;
    try {
      if (resourceType === 'Document' && !mayNavigate(paused)) {
        await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
      const answer = await schemeAccess.answer(request);
      if (answer) await cdp.send('Fetch.fulfillRequest', { requestId, ...answer });
      else await cdp.send('Fetch.continueRequest', { requestId });
    } catch (error) {
      // The page may also have given up the request, as a video does after seeking: then this fails too.
      if (process.env.RUSHES_DOUBLE_LOG) console.error('double:', request.url, error);
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => {});
    }
  };

  const announceLoad = async () => {
    // Chromium tells of a new title some time after the load event; with Electron apps know it before.
    const title = await contents.executeJavaScript('document.title').catch(() => '');
    if (contents.isDestroyed()) return;
    if (title) window.doubleTitleChanged(title);
    contents.emit('did-finish-load');
    if (shown) return;
    shown = true;
    window.emit('ready-to-show');
  };

  const listen = () => {
    const inMainFrame = (listener) => (details) => {
      if (details.frameId === mainFrameId) listener(details);
    };
    cdp.on('Fetch.requestPaused', (paused) => void answerRequest(paused));
    cdp.on(
      'Page.frameStartedLoading',
      inMainFrame(() => {
        loading = true;
        contents.emit('did-start-loading');
      }),
    );
    cdp.on(
      'Page.frameStoppedLoading',
      inMainFrame(() => {
        loading = false;
        contents.emit('did-stop-loading');
      }),
    );
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      mainFrame.url = schemeAccess.reveal(frame.url + (frame.urlFragment ?? ''));
      contents.emit('did-navigate', createEvent(), mainFrame.url, 200, 'OK');
    });
    cdp.on(
      'Page.navigatedWithinDocument',
      inMainFrame(({ url }) => {
        mainFrame.url = schemeAccess.reveal(url);
        contents.emit('did-navigate-in-page', createEvent(), mainFrame.url, true, 1, 1);
      }),
    );
    cdp.on('Page.domContentEventFired', () => contents.emit('dom-ready', createEvent()));
    cdp.on('Page.loadEventFired', () => void announceLoad());
  };

  const intercept = () =>
    cdp.send('Fetch.enable', {
      patterns: [...schemeAccess.patterns(), { urlPattern: '*', resourceType: 'Document' }],
    });

  return {
    mainFrame,
    isLoading: () => loading,
    attach(session, frameId) {
      cdp = session;
      mainFrameId = frameId;
      listen();
      return intercept();
    },
    /** A scheme has come or gone. */
    schemesChanged: () => (cdp && desktop.browser ? intercept() : undefined),
    async load(url) {
      expected = true;
      const finished = new Promise((resolve) => contents.once('did-finish-load', resolve));
      const { errorText } = await cdp.send('Page.navigate', { url: schemeAccess.disguise(url) });
      expected = false;
      if (errorText) {
        contents.emit('did-fail-load', createEvent(), -2, errorText, url, true);
        throw Object.assign(new Error(`${errorText} loading '${url}'`), { code: errorText, url });
      }
      await finished;
    },
    async reload({ ignoreCache }) {
      expected = true;
      await cdp.send('Page.reload', { ignoreCache });
    },
  };
}
