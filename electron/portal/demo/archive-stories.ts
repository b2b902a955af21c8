import { addDays } from '../../../shared/domain/calendar-day.ts';
import type { AssetBody } from '../catalogue/catalogue-repo.ts';

/** The newest day of the archive: the demo's own stories are all younger. */
const newestDay = '2024-09-30';
/** Items of one day. */
const itemsADay = 8;
/** Ids below those of the demo's own stories. */
const firstId = 1000;

const subjects = [
  'Engineers',
  'Air crews',
  'Divers',
  'Observers',
  'Medics',
  'Cadets',
  'Mountain troops',
  'Signallers',
  'Mine hunters',
  'Delegates',
  'Mechanics',
  'Pilots',
];
const deeds = [
  'cross the',
  'train beside the',
  'survey the',
  'rebuild the',
  'patrol the',
  'meet at the',
  'return from the',
  'rehearse at the',
  'clear the',
];
const sites = [
  'northern pass',
  'old harbour',
  'river bridge',
  'winter range',
  'eastern airfield',
  'salt flats',
  'lighthouse',
  'border station',
  'flooded valley',
  'proving ground',
  'railhead',
];
const places = ['Tamrit', 'Orvelle', 'Kasten', 'Port Merrin', 'Sölvik', 'Halden Bay', 'Neravan'];

/** How many stories the archive tells at most: as many as ids lie below those of the demo's own. */
export const largestArchive = 300_000;

/**
 * The nth item of the archive that a portal is filled up with when more is asked for than the demo tells: one of the
 * demo's own assets again, under another title, day and place, with the same files.
 */
export function archiveAsset(n: number, like: AssetBody): AssetBody {
  const id = String(firstId + n);
  const day = addDays(newestDay, -Math.floor(n / itemsADay)) ?? newestDay;
  const place = pick(places, n, 3);
  const title = `${pick(subjects, n, 1)} ${pick(deeds, n, 12)} ${pick(sites, n, 108)}, report ${n + 1}`;
  const { eventId: _eventId, filmedFirstDay: _first, filmedLastDay: _last, ...rest } = like;
  return {
    ...rest,
    id,
    story: `archive-${n}`,
    title,
    teaser: `${title}, ${place}.`,
    synopsis: `${title}. Filmed near ${place} on ${day}.\n\n${like.synopsis}`,
    publishedAtMs: Date.parse(`${day}T09:00:00Z`) + (n % itemsADay) * 3_600_000,
    publishedDay: day,
    filmedFirstDay: day,
    filmedLastDay: day,
    place,
    pageUrl: like.pageUrl.replace(/[^/]*$/, id),
    pictureUrl: `/pictures/${id}.jpg`,
    renditions: like.renditions.map((rendition) => ({
      ...rendition,
      id: rendition.id.replace(/^\d+/, id),
      fileName: `${day.slice(2).replaceAll('-', '')}-archive-${n + 1}-${rendition.role}${/\.\w+$/.exec(rendition.fileName)?.[0] ?? ''}`,
    })),
  };
}

/** One word for the nth item; the steps of the lists differ, so that titles seldom repeat. */
function pick(list: readonly string[], n: number, step: number): string {
  return list[Math.floor(n / step) % list.length] ?? '';
}
