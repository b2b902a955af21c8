import type { AssetStatus } from '../../../../shared/contract/catalogue.ts';
import type { DateFact } from '../../../../shared/contract/values.ts';
import { splitDescription } from '../reading/description-parts.ts';
import { sameAddress } from '../reading/addresses.ts';
import { anEmptyAsset, versionOf } from '../reading/assets.ts';
import { aRendition, distrustSizes, withoutDoubles } from '../reading/renditions.ts';
import type { Alias, SourceAsset, SourceRendition } from '../source-model.ts';
import { judgedRights } from './judged-rights.ts';
import { isSigned } from '../reading/signed-address.ts';
import { knownName, type FeedFile, type ItemFacts } from './item-facts.ts';

/** A title made of a text is about as long as a headline, in characters. */
const headlineChars = 110;

/** What an entry goes by: its own name, else its page, else its file; null when it has none of them. */
export function identityOf(facts: ItemFacts, ownPage: string | null): string | null {
  const [id] = facts.ids;
  if (id !== undefined) return knownName(id);
  const address = ownPage ?? facts.files.find(isClip)?.address ?? facts.files[0]?.address;
  return address === undefined ? null : sameAddress(address);
}

/** An entry as an asset. `ownPage` is its page when no other entry has the same one. */
export function toAsset(
  facts: ItemFacts,
  { externalId, ownPage, nowMs }: { externalId: string; ownPage: string | null; nowMs: number },
): SourceAsset {
  const renditions = renditionsOf(facts.files, externalId);
  const parts = splitDescription(facts.body);
  const title =
    facts.title ?? headlineOf(facts.body ?? facts.summary) ?? renditions[0]?.fileName ?? externalId;
  const clip = renditions.find(isClip);
  const rights = judgedRights(facts.rights, {
    usage: parts.usage,
    texts: [facts.title, facts.body, facts.summary],
  });
  const status = statusOf({ ...facts, rights }, { hasFile: clip !== undefined, nowMs });
  return anEmptyAsset({
    externalId,
    aliases: aliasesOf(facts, ownPage),
    version: versionStamp(facts.dates.changed ?? facts.dates.published),
    ...versionOf(title, clip?.fileName ?? null),
    status,
    statusReason: facts.standing?.reason ?? null,
    title,
    teaser: facts.summary,
    synopsis: parts.synopsis,
    shotlist: facts.shotlist ?? parts.shotlist,
    transcript: facts.transcript ?? parts.transcript,
    dates: facts.dates,
    place: facts.place,
    people: facts.people,
    organisations: facts.organisations,
    keywords: facts.keywords,
    language: facts.language,
    durationMs: clip?.durationMs ?? facts.durationMs,
    rights,
    pageUrl: facts.page,
    pictureUrl: facts.pictureUrl,
    renditions,
  });
}

export function isClip({ medium }: { readonly medium: SourceRendition['medium'] }): boolean {
  return medium === 'video' || medium === 'audio';
}

function statusOf(
  { standing, rights }: ItemFacts,
  { hasFile, nowMs }: { hasFile: boolean; nowMs: number },
): AssetStatus {
  if (standing !== null) return standing.status;
  if (rights.embargoText !== null && rights.embargoUntilMs === null) return 'embargoed';
  if (rights.embargoUntilMs !== null && rights.embargoUntilMs > nowMs) return 'embargoed';
  return hasFile ? 'usable' : 'expected';
}

/** By which a file of an item is known, whatever its address is signed with. */
export function fileId(externalId: string, address: string): string {
  return `${externalId} ${sameAddress(address)}`;
}

/** Two tellings of one file that disagree about its size prove that one of them is wrong. */
function renditionsOf(files: readonly FeedFile[], externalId: string): SourceRendition[] {
  const sizes = new Map<string, Set<number>>();
  for (const { address, sizeBytes } of files) {
    const key = sameAddress(address);
    if (sizeBytes != null) sizes.set(key, (sizes.get(key) ?? new Set()).add(sizeBytes));
  }
  const all = files.map((file) => {
    const claimed = file.sizeBytes ?? null;
    const isDisputed = claimed !== null && (sizes.get(sameAddress(file.address))?.size ?? 0) > 1;
    const size = isDisputed ? { sizeBytes: null, aboutBytes: claimed } : null;
    return aRendition({ ...file, ...size, externalId: fileId(externalId, file.address) });
  });
  return distrustSizes(withoutDoubles(all)).map((one) =>
    one.address !== null && isSigned(one.address) ? { ...one, address: null } : one,
  );
}

/** A name that is meant for the whole world: an address, a URN, a tag. A number is one of this feed's own. */
function isGlobal(id: string): boolean {
  return /^(https?:\/\/|urn:[a-z0-9][a-z0-9-]*:|tag:[^,]+,\d{4})/i.test(id);
}

function aliasesOf(facts: ItemFacts, ownPage: string | null): Alias[] {
  const clips = facts.files.filter(isClip);
  const aliases: Alias[] = [
    ...facts.ids.filter(isGlobal).map((id) => ({ scheme: 'guid', value: knownName(id) })),
    ...facts.ids.filter((id) => /^urn:newsml:/i.test(id)).map((value) => ({ scheme: 'newsml', value })),
    ...(ownPage === null ? [] : [{ scheme: 'page', value: sameAddress(ownPage) }]),
    ...clips.map(({ address }) => ({ scheme: 'media', value: sameAddress(address) })),
    ...clips.flatMap(({ hash }) => (hash == null ? [] : [{ scheme: hash.kind, value: hash.value }])),
  ];
  return [...new Map(aliases.map((alias) => [`${alias.scheme} ${alias.value}`, alias])).values()];
}

/** The moment of the last change, else of the publication, in a spelling that sorts. */
function versionStamp(date: DateFact | null): string | null {
  if (date === null) return null;
  return date.atMs === null ? date.firstDay : new Date(date.atMs).toISOString();
}

function headlineOf(text: string | null): string | null {
  const line = text?.split('\n')[0]?.trim() ?? '';
  if (line.length <= headlineChars) return line || null;
  return `${line.slice(0, headlineChars).replace(/\s+\S*$/, '')} …`;
}
