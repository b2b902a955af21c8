import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Answer } from '../asker.ts';
import { webAddress } from '../reading/addresses.ts';
import { decodeBody } from '../reading/bytes-to-text.ts';
import type { Look, SourceKind } from '../source-model.ts';
import { countsOf, readAgencyDocument } from './agency-document.ts';
import { createAgencyFeedSource } from './agency-feed-source.ts';
import { keyHeaders } from './agency-key.ts';

/** News agencies by address: ninjs 1 to 3, and NewsML-G2. */
export function createAgencyFeedKind(): SourceKind {
  return {
    kind: 'agency-feed',
    needsAccount: false,
    takesKey: true,
    describe: async (look) => {
      if (look.folder !== null) return null;
      const answer = await answerOf(look);
      const { document } = await readAgencyDocument(decodeBody(answer), {
        // What is embargoed does not matter to what it is.
        nowMs: 0,
        address: (href) => webAddress(href, answer.url),
      });
      if (document === null) return null;
      const { format, assets, events, items } = document;
      const counts = { items, videos: assets.length, events: events.length };
      return {
        name: document.provider ?? look.url.host,
        url: plainAddress(answer.movedTo ?? look.url.href),
        instanceId: null,
        how: `${format === 'ninjs' ? 'A ninjs feed' : 'A NewsML-G2 document'} of a news agency that ${countsOf(counts)}.`,
      };
    },
    open: createAgencyFeedSource,
  };
}

/** An agency that refuses the question without a key is asked once more with it, when there is one. */
async function answerOf(look: Look): Promise<Answer> {
  try {
    return await look.answer();
  } catch (error) {
    const wantsKey = error instanceof RushesError && error.code === 'KEY_NEEDED';
    if (!wantsKey || look.key === null) throw error;
    return look.ask.get({ url: look.url.href, headers: keyHeaders(look.key), signal: look.signal });
  }
}

function plainAddress(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}
