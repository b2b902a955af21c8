/** What a tag is known by: two spellings that differ only in case, or in how an accent is encoded, are one tag. */
export function tagKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
