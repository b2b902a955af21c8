import { webAddress } from '../reading/addresses.ts';
import { readWhole } from '../reading/amounts.ts';
import { contentsOf } from './xml-files.ts';
import { attributeOf, childrenOf, markupOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** A grid paints pictures of about this width; larger ones are for printing. In pixels. */
const wideEnough = 1280;

/** The picture of an entry: of thumbnails in several sizes the largest that is no larger than a screen needs. */
export function pictureOf(item: XmlElement): string | null {
  const contents = contentsOf(item);
  const thumbnails = [item, ...childrenOf(item, 'media:group'), ...contents].flatMap((one) =>
    childrenOf(one, 'media:thumbnail'),
  );
  const images = contents.filter(
    (one) =>
      attributeOf(one, 'medium')?.toLowerCase() === 'image' ||
      /^image\//i.test(attributeOf(one, 'type') ?? ''),
  );
  const enclosed = childrenOf(item, 'enclosure', 'atom:link').filter((one) =>
    /^image\//i.test(attributeOf(one, 'type') ?? ''),
  );
  return (
    best(thumbnails) ?? best(images) ?? best(childrenOf(item, 'itunes:image', 'image')) ?? best(enclosed)
  );
}

/** Without sizes, the first one: they are in order of importance. */
function best(pictures: readonly XmlElement[]): string | null {
  const found = pictures.flatMap((one) => {
    const given = ['url', 'href', 'resource']
      .map((name) => attributeOf(one, name))
      .find((text) => text !== null);
    const address = webAddress(given ?? markupOf(one), one.base);
    return address === null ? [] : [{ address, width: readWhole(attributeOf(one, 'width')) ?? 0 }];
  });
  const fitting = found.filter(({ width }) => width <= wideEnough);
  const [first] = fitting.length > 0 ? fitting : found;
  if (first === undefined) return null;
  return (fitting.length > 0 ? fitting : [first]).reduce((a, b) => (b.width > a.width ? b : a), first)
    .address;
}
