import { expect, it } from 'vitest';
import {
  findCreditLine,
  findEditorialOnly,
  findThirdParty,
  judgeRights,
  type JudgedRights,
} from '../../../../shared/domain/rights-judgement.ts';

const now = Date.UTC(2026, 0, 15);
const free: JudgedRights = {
  usageText: 'Free for editorial use.',
  editorialOnly: true,
  thirdParty: null,
  embargoUntilMs: null,
  embargoText: null,
  expiresAtMs: null,
  territories: null,
  licenceUrl: null,
};
const codes = (change: Partial<JudgedRights>) => {
  const { verdict, reasons } = judgeRights({ ...free, ...change }, now);
  return [verdict, ...reasons.map(({ code }) => code)];
};

it('lets news use what is stated to be free for it', () => {
  expect(codes({})).toEqual(['clear', 'editorial-only']);
});

it('takes silence for no permission', () => {
  expect(codes({ usageText: null, editorialOnly: null })).toEqual(['check', 'unknown-terms']);
});

it('wants terms read that allow nothing, or take something back', () => {
  const said = (usageText: string) => codes({ usageText, editorialOnly: findEditorialOnly(usageText) });
  expect(said('All rights reserved.')).toEqual(['check', 'terms-to-read']);
  expect(said('Ask the press desk.')).toEqual(['check', 'terms-to-read']);
  expect(said('Editorial use only. No archive after use.')).toEqual([
    'check',
    'editorial-only',
    'terms-to-read',
  ]);
  expect(said('For editorial use only, with prior written permission.')[0]).toBe('check');
  // Trade is not news: what is asked of it takes nothing back.
  expect(said('Free for editorial use. Prior permission is required for commercial use.')).toEqual([
    'clear',
    'editorial-only',
  ]);
});

it('knows which licences let news use what is under them', () => {
  const under = (licenceUrl: string) => codes({ usageText: null, editorialOnly: null, licenceUrl })[0];
  expect(under('https://creativecommons.org/licenses/by/4.0/')).toBe('clear');
  expect(under('http://creativecommons.org/publicdomain/zero/1.0/')).toBe('clear');
  expect(under('https://creativecommons.org/licenses/by-nc-nd/4.0/')).toBe('check');
  expect(under('https://creativecommons.org.example/licenses/by/4.0/')).toBe('check');
  expect(under('https://a.example/terms')).toBe('check');
});

it('blocks under an embargo, one that cannot be read included, until it is over', () => {
  expect(codes({ embargoUntilMs: now + 1 })).toEqual(['blocked', 'embargo', 'editorial-only']);
  expect(codes({ embargoText: 'until the King has spoken' })).toEqual([
    'blocked',
    'embargo-unclear',
    'editorial-only',
  ]);
  expect(codes({ embargoUntilMs: now, embargoText: 'until 15 January' })).toEqual([
    'clear',
    'editorial-only',
  ]);
});

it('blocks what has expired, and wants a look at what others own or where it may be shown', () => {
  expect(codes({ expiresAtMs: now })[0]).toBe('blocked');
  expect(codes({ expiresAtMs: now + 1 })[0]).toBe('clear');
  expect(codes({ thirdParty: 'Music must be cleared.' })[0]).toBe('check');
  expect(codes({ territories: 'Not in Orvelle' })[0]).toBe('check');
});

it('finds both facts in one text, and keeps them apart', () => {
  const text =
    'Free for editorial use. This video contains third-party library material that must be cleared.';
  expect(findEditorialOnly(text)).toBe(true);
  expect(findThirdParty(text)).toBe('This video contains third-party library material that must be cleared.');
});

it('does not take the absence of the material of others for its presence', () => {
  expect(findThirdParty('It does not contain any third-party material.')).toBeNull();
  expect(findThirdParty('Free of third-party footage.')).toBeNull();
  expect(findThirdParty('Public domain.')).toBeNull();
  expect(findEditorialOnly('Public domain.')).toBe(false);
  expect(findEditorialOnly('Ask us.')).toBeNull();
  expect(findThirdParty(null)).toBeNull();
});

it('does not take a ban for an all-clear', () => {
  for (const text of [
    'No part of this third-party footage may be used without clearance.',
    'It cannot be used without third-party clearance.',
    'It does not contain third-party music, but library footage must be cleared.',
  ]) {
    expect(findThirdParty(text)).toBe(text);
  }
  for (const text of ['Not free for editorial use.', 'Not in the public domain.', 'Not free for any use.']) {
    expect(findEditorialOnly(text)).toBeNull();
  }
  expect(findEditorialOnly('Not to be used for commercial purposes.')).toBe(true);
});

it('finds the line that must be shown', () => {
  expect(findCreditLine('Please credit: "Meridian Compact"')).toBe('Meridian Compact');
  expect(findCreditLine('Must be credited to Meridian TV.')).toBe('Meridian TV');
  expect(findCreditLine('No credit is needed')).toBeNull();
  expect(findCreditLine('Please credit the U.S. Navy. Thank you.')).toBe('U.S. Navy');
  expect(findCreditLine('Mandatory credit: Meridian TV; no archive')).toBe('Meridian TV');
  expect(findCreditLine('Credit must be given to Meridian.')).toBe('Meridian');
  expect(findCreditLine('Credit Union of Tamrit opened a branch.')).toBeNull();
  expect(findCreditLine(`courtesy of ${' \n'.repeat(500_000)}x`)).toBeNull();
  expect(findCreditLine(null)).toBeNull();
});
