import { parseHTML } from 'linkedom';

/** As much of an element as is read here: the core has no DOM of its own. */
export interface PageElement {
  readonly localName: string;
  readonly textContent: string | null;
  readonly parentElement: PageElement | null;
  readonly children: Iterable<PageElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelectorAll(selectors: string): Iterable<PageElement>;
  querySelector(selectors: string): PageElement | null;
}

/** The elements of a page. Nothing of it is run or loaded. */
export function openPage(html: string): PageElement {
  const { document } = parseHTML(html) as unknown as { document: PageElement };
  return document;
}
