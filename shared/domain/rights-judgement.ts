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
    | 'unknown-terms';
  readonly text: string;
}

/** `blocked` must not be used now, `check` wants a person to look, `clear` may be used as the terms say. */
export interface RightsJudgement {
  readonly verdict: 'clear' | 'check' | 'blocked';
  readonly reasons: readonly RightsReason[];
}

const blocking: ReadonlySet<RightsReason['code']> = new Set(['embargo', 'embargo-unclear', 'expired']);

/** Judges rights at a point in time. It fails closed: an embargo that cannot be read holds, and silence is no permission. */
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
  const silent = rights.usageText === null && rights.editorialOnly === null && rights.licenceUrl === null;
  if (silent) because('unknown-terms', 'The source says nothing about use');
  if (reasons.some(({ code }) => blocking.has(code))) return { verdict: 'blocked', reasons };
  return { verdict: reasons.some(({ code }) => code !== 'editorial-only') ? 'check' : 'clear', reasons };
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** The sentence that says material of others is inside; null when no sentence does, or one says there is none. */
export function findThirdParty(usageText: string | null): string | null {
  const said = sentencesOf(usageText).filter(
    (sentence) =>
      /third[- ]part(y|ies)|library (footage|material|pictures|music)|archive (footage|material)|(must|needs? to|should|has to|have to) be cleared|clearance (is )?required|courtesy of/i.test(
        sentence,
      ) &&
      !/\b(no|not any|free of|without( any)?|does not (contain|include)( any)?)\b[^.]{0,40}(third[- ]party|library|archive)/i.test(
        sentence,
      ),
  );
  return said.length === 0 ? null : said.join(' ');
}

/** Whether the words allow news and no more: null when they say nothing of it. */
export function findEditorialOnly(usageText: string | null): boolean | null {
  const text = usageText ?? '';
  if (
    /editorial (use )?only|(for|to) (news|editorial)[^.]{0,40}(only|purposes|use)|editorial use|not (be used )?for (commercial|advertis)|no commercial|non[- ]commercial/i.test(
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
  const match =
    /(?:must|should|please|kindly)?[^.\n]{0,30}\b(?:be )?(?:credit(?:ed)?(?: line)?(?: (?:to|as|must be|should be|is|reads?))?|courtesy of)\s*:?\s+["“«']?([^"”»'.\n]{2,80})/i.exec(
      usageText ?? '',
    );
  const line = match?.[1]?.trim().replace(/[,;:]+$/, '') ?? '';
  return /^\p{Lu}|^©/u.test(line) ? line : null;
}

function sentencesOf(text: string | null): string[] {
  return (text ?? '')
    .split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
