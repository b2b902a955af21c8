import { attributeOf, childrenOf, type XmlNode } from './xml-node.ts';

/** The schemes of an item by their aliases, as its own catalogue tells them. */
export type Schemes = ReadonlyMap<string, string>;

/** The schemes that are told beside or above an item; those of a catalogue elsewhere are not fetched. */
export function schemesOf(...holders: readonly XmlNode[]): Schemes {
  const found = holders
    .flatMap((holder) => childrenOf(holder, 'catalog'))
    .flatMap((catalogue) => childrenOf(catalogue, 'scheme'))
    .map((scheme) => [attributeOf(scheme, 'alias'), attributeOf(scheme, 'uri')] as const);
  return new Map(found.flatMap(([alias, uri]) => (alias === null || uri === null ? [] : [[alias, uri]])));
}

/** The code of an element without its scheme: `usable` of `stat:usable`, of a URI or of a literal. */
export function codeOf(node: XmlNode | null): string | null {
  const qcode = attributeOf(node, 'qcode');
  if (qcode !== null) return localCode(qcode);
  const uri = attributeOf(node, 'uri');
  if (uri !== null) return uri.split(/[/#]/).findLast((part) => part !== '') ?? null;
  return attributeOf(node, 'literal');
}

/** The code behind the alias of a QCode; what has none is itself. */
export function localCode(qcode: string): string {
  return qcode.slice(qcode.indexOf(':') + 1);
}

/** The name that a concept has everywhere: its URI, or its QCode with the alias resolved where the item tells how. */
export function identityOf(node: XmlNode, schemes: Schemes): string | null {
  const uri = attributeOf(node, 'uri');
  if (uri !== null) return uri;
  const qcode = attributeOf(node, 'qcode');
  if (qcode === null) return attributeOf(node, 'literal');
  const scheme = schemes.get(qcode.slice(0, Math.max(0, qcode.indexOf(':'))));
  return scheme === undefined ? qcode : scheme + localCode(qcode);
}
