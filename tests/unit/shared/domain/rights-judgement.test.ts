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
  expect(findThirdParty('Public domain.')).toBeNull();
  expect(findEditorialOnly('Public domain.')).toBe(false);
  expect(findEditorialOnly('Ask us.')).toBeNull();
  expect(findThirdParty(null)).toBeNull();
});

it('finds the line that must be shown', () => {
  expect(findCreditLine('Please credit: "Meridian Compact"')).toBe('Meridian Compact');
  expect(findCreditLine('Must be credited to Meridian TV.')).toBe('Meridian TV');
  expect(findCreditLine('No credit is needed')).toBeNull();
  expect(findCreditLine(null)).toBeNull();
});
