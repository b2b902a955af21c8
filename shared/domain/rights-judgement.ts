/** The facts of rights that a judgement rests on; null is "nothing was said". Times in UTC milliseconds. */
export interface JudgedRights {
  readonly usageText: string | null;
  readonly editorialOnly: boolean | null;
  readonly thirdParty: string | null;
  readonly embargoUntilMs: number | null;
  readonly embargoText: string | null;
  readonly expiresAtMs: number | null;
  readonly territories: string | null;
  readonly licenceUrl: string | null;
}

/** One reason for a judgement, with the words it rests on. */
export interface RightsReason {
  readonly code:
    | 'embargo'
    | 'embargo-unclear'
    | 'expired'
    | 'third-party'
    | 'editorial-only'
    | 'territories'
    | 'unknown-terms'
    | 'terms-to-read';
  readonly text: string;
}

/** `blocked` must not be used now, `check` wants a person to look, `clear` may be used as the terms say. */
export interface RightsJudgement {
  readonly verdict: 'clear' | 'check' | 'blocked';
  readonly reasons: readonly RightsReason[];
}

const blocking: ReadonlySet<RightsReason['code']> = new Set(['embargo', 'embargo-unclear', 'expired']);

/**
 * Judges rights at a point in time. It fails closed: an embargo that cannot be read holds, silence is no permission,
 * and neither are words in which none is found or that take one back.
 */
export function judgeRights(rights: JudgedRights, nowMs: number): RightsJudgement {
  const reasons: RightsReason[] = [];
  const because = (code: RightsReason['code'], text: string): void => void reasons.push({ code, text });
  if (rights.embargoUntilMs !== null) {
    if (rights.embargoUntilMs > nowMs) because('embargo', `Embargo until ${iso(rights.embargoUntilMs)}`);
  } else if (rights.embargoText !== null) because('embargo-unclear', rights.embargoText);
  if (rights.expiresAtMs !== null && rights.expiresAtMs <= nowMs) {
    because('expired', `The right to use ended ${iso(rights.expiresAtMs)}`);
  }
  if (rights.thirdParty !== null) because('third-party', rights.thirdParty);
  if (rights.territories !== null) because('territories', rights.territories);
  if (rights.editorialOnly === true) because('editorial-only', 'Editorial use only');
  const unread = termsToRead(rights);
  if (unread !== null) because('terms-to-read', unread);
  const silent = rights.usageText === null && rights.editorialOnly === null && rights.licenceUrl === null;
  if (silent) because('unknown-terms', 'The source says nothing about use');
  if (reasons.some(({ code }) => blocking.has(code))) return { verdict: 'blocked', reasons };
  return { verdict: reasons.some(({ code }) => code !== 'editorial-only') ? 'check' : 'clear', reasons };
}

/** Licences that let news use what is under them; those of the same family without changes or without trade are read by a person. */
const openLicence =
  /^https?:\/\/(?:www\.)?creativecommons\.org\/(?:licenses\/by(?:-sa)?\/|publicdomain\/(?:zero|mark)\/)/i;

/** Terms that a machine does not judge: they allow nothing that it can find, or take something back. */
function termsToRead(rights: JudgedRights): string | null {
  const { usageText, editorialOnly, licenceUrl } = rights;
  const limits = sentencesOf(usageText).filter(
    (sentence) => limiting.test(sentence) && !beside.test(sentence),
  );
  if (limits.length > 0) return limits.join(' ');
  if (editorialOnly !== null || (licenceUrl !== null && openLicence.test(licenceUrl))) return null;
  return usageText ?? licenceUrl;
}

/** Words that take back or narrow what is else allowed, and those that only speak of trade, where news is not meant. */
const limiting =
  /\ball rights reserved\b|\b(prior|written|express)\b.{0,30}\b(permission|consent|authori[sz]ation|approval)|\b(permission|consent|licen[cs]e) (is |must be |has to be )?(required|needed|obtained)|\bno (archiv|resale|sales|online|internet|broadcast|social|access|use\b|re-?use)|\b(may|must|can|shall) ?not be (used|broadcast|published|reproduced|distributed|shown|archived|edited|altered)|\brestrict(ed|ions)\b|\bwithin \d+ (hours|days)|\b\d+ (hours|days) (only|from|after)|\bno longer than\b/i;
const beside = /\bcommerc|\badvertis|\bpromotion|\bendors|\bmarketing|\b(no|without) restrictions?\b/i;

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

const ofOthers =
  /third[- ]part(y|ies)|(library|archive|stock) (footage|material|pictures|images|music)|copyrighted (footage|material|music)|(must|needs? to|should|has to|have to) be cleared|clearance (is )?required|courtesy of/i;
const noneOfOthers =
  /\b(contains?|includes?|has|have|holds?|there (is|are)|features?) (no|not any)\b[^.,;]{0,25}(third|library|archive|stock|copyright)|\b(does|do) not (contain|include|have|feature)\b[^.,;]{0,25}(third|library|archive|stock|copyright)|\b(free of|without)( any)? (third|library|archive|stock|copyright)[^.,;]{0,20}(material|content|footage|music|pictures|images)/i;
/** A sentence that asks for something is no all-clear, whatever else it denies. */
const asks = /\bclear(ed|ance)?\b|\bpermission\b|\blicen[cs]/i;

/** The sentence that says material of others is inside; null when no sentence does, or one says there is none. */
export function findThirdParty(usageText: string | null): string | null {
  const said = sentencesOf(usageText).filter(
    (sentence) => ofOthers.test(sentence) && (asks.test(sentence) || !noneOfOthers.test(sentence)),
  );
  return said.length === 0 ? null : said.join(' ');
}

/** Whether the words allow news and no more: null when they say nothing of it, or deny it. */
export function findEditorialOnly(usageText: string | null): boolean | null {
  const text = usageText ?? '';
  if (
    /\b(not|never|no longer|isn't|aren't)( yet)?( be)?( made)?( free| available| licensed| cleared| released| permitted| intended| used| in)*( for| to| the)*( any| all)? (news|editorial|use|purposes?|public domain)\b|\bno (editorial|news) use/i.test(
      text,
    )
  ) {
    return null;
  }
  if (
    /editorial (use )?only|(for|to) (news|editorial)[^.]{0,40}(only|purposes|use)|editorial use|not (to )?(be )?(used )?for (any )?(commercial|advertis)|no commercial|non[- ]commercial/i.test(
      text,
    )
  ) {
    return true;
  }
  return /public domain|free for (any|all) (use|purpose)|(any|all) purposes?, including commercial/i.test(
    text,
  )
    ? false
    : null;
}

/** The line that has to be shown with the pictures, where the words name it. */
export function findCreditLine(usageText: string | null): string | null {
  // Credit is a word of banks, too: it counts behind "must", "please" and the like, before a colon, or as a credit line.
  const match =
    /(?:\b(?:must|should|shall|please|kindly|mandatory|required|has to|have to)\b[^.\n]{0,30}\bcredit(?:ed)?(?: line)?(?: (?:to|as|must be|should be|is|reads?))?|\bcredit(?: line)?(?: (?:must be|should be|is|reads?))?(?=:)|\bcredit line(?: (?:must be|should be|is|reads?))?|\bcredit (?:must|should) be given to|\bcourtesy of)\s*:?\s+(?:the )?["“«']?([^"”»\n]{2,120})/i.exec(
      (usageText ?? '').replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : ' ')),
    );
  // A name may hold full stops (U.S. Navy): it ends with a sentence, behind a longer word or a bracket.
  const line = match?.[1]
    ?.split(/(?<=[\p{L}\d]{3}|[)'])\.(?:\s|$)|;|'(?:[\s.,]|$)/u)[0]
    ?.trim()
    .replace(/[,:]+$|(?<!\.\p{L})\.$/u, '');
  return line !== undefined && line.length <= 80 && /^[\p{Lu}©]/u.test(line) ? line : null;
}

function sentencesOf(text: string | null): string[] {
  return (text ?? '')
    .split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
