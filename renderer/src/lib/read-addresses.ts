/** Between two addresses: the end of a line, or a blank before something that begins as an address does. */
const between = /[\r\n]+|\s+(?=[a-z][a-z\d+.-]*:\/\/)/i;

/** Addresses that were typed or pasted, each once, in their order. What is none is kept: the core says why it is none. */
export function splitAddresses(text: string): readonly string[] {
  const found = text.split(between).map((part) => part.trim());
  return [...new Set(found.filter((part) => part !== ''))];
}

/** The web addresses in a text from elsewhere, which may hold anything; comments of a list of addresses begin with `#`. */
export function webAddresses(text: string): readonly string[] {
  return splitAddresses(text).filter((part) => /^https?:\/\/\S+$/i.test(part) && URL.canParse(part));
}
