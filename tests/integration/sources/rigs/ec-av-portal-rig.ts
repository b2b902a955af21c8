import { createEcAvKind } from '../../../../electron/core/sources/ec-av-portal/ec-av-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** The API of the EC's audiovisual portal: whole documents, newest first, by index and page size. */
export const ecAvPortalRig: KindRig = {
  name: 'EC audiovisual portal',
  kind: createEcAvKind(),
  key: null,
  pages: true,
  withdraws: 'by-listing',
  versions: true,
  charset: null,
  play: async (items) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 50 };
    const server = await playServer((asked, base) => replyOfEc(played, asked, base));
    return Object.assign(played, { url: `${server.url}/avsportal`, server }) satisfies PlayedSource;
  },
};

/** What the API answers: at most as many documents as a page has. */
export function replyOfEc(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
  base: string,
): Reply | null {
  if (path !== '/avsportal') return null;
  const ref = query.get('ref');
  const found = items
    .filter((item) => !item.withdrawn && (ref === null || refOf(item) === ref))
    .toSorted((a, b) => (a.publishedDay < b.publishedDay ? 1 : -1));
  const start = Number(query.get('index') ?? 1) - 1;
  const docs = found.slice(start, start + Math.min(pageSize, Number(query.get('pagesize') ?? 15)));
  const body = {
    responseHeader: { status: 0, QTime: 14, params: Object.fromEntries(query) },
    response: { numFound: found.length, start, docs: docs.map((item) => toDoc(item, base)) },
  };
  return { contentType: 'application/json;charset=utf-8', body: JSON.stringify(body) };
}

const refOf = ({ id }: PlayedItem): string => `I-${163_000 + Number(id.replace(/\D/g, ''))}`;

function toDoc(item: PlayedItem, base: string): unknown {
  const ref = refOf(item);
  const file = (name: string, number: number): string =>
    `${base}/findmedia/${name.replace('REF', ref.replace('-', ''))}?latest=${6_614_000 + item.version * 10 + number}`;
  return {
    ref,
    type: 'VIDEO',
    duration: '93.4',
    titles_json: { FR: ` ${item.title} `, EN: ` ${item.title}` },
    summary_json: { EN: `${item.synopsis}<br>Brussels` },
    shootstartdate: `${item.publishedDay.replaceAll('-', '')} 12:17`,
    timestamp: new Date(item.changedAtMs).toISOString(),
    media_json: {
      '16:9': {
        EN: { LR: file('LR_REFEN1W.mp4', 1), MP3: file('MP3_REFEN1W.mp3', 2) },
        INT: {
          HDMP4: file('HD_REFINT1W.mp4', 3),
          LR: file('LR_REFINT1W.mp4', 4),
          THUMB: file('THUMB_M_REFINT1W.jpg', 5),
        },
      },
    },
  };
}
