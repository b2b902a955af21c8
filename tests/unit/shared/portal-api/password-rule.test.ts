import { describe, expect, it } from 'vitest';
import { checkPassword, passwordRule } from '../../../../shared/portal-api/password-rule.ts';

const accepted = [
  'Lantern-Valley-27',
  'aB3$aB3$aB3$',
  'Zürich-Brücke-9',
  'Ключ-Замок-2025',
  'Κλειδί-Πόρτα-7!',
  'Tr0ub4dor&3-horse',
  'ÄÖÜäöü123!?%',
  '1aA!1aA!1aA!',
  '~Tilde~Tilde~1',
  'Éà1_Éà1_Éà1_',
  'Emoji😀Test123',
  `Aa1!${'x'.repeat(124)}`,
  `Aa1!${'😀'.repeat(124)}`,
  `Aa1!${'x'.repeat(252)}`,
  'P4ssage-de-nuit',
  'Summer-Rain-Harbour-1',
  '"Quoted\'1234A',
  'semi;colon;A1',
  '<script>A1a!',
  'Null\u0000Byte123A!',
];

const refused: [string, string[]][] = [
  ['', ['too-short', 'no-upper', 'no-lower', 'no-digit', 'no-symbol']],
  ['short', ['too-short', 'no-upper', 'no-digit', 'no-symbol']],
  ['Lantern-2-Ab'.slice(0, 11), ['too-short']],
  ['aB3$aB3$aB3', ['too-short']],
  ['😀😀😀😀aB3😀', ['too-short']],
  ['Lantern Valley-27', ['white-space']],
  [' Lantern-Valley-27', ['white-space']],
  ['Lantern-Valley-27 ', ['white-space']],
  ['Lantern\tValley-27', ['white-space']],
  ['Lantern\nValley-27', ['white-space']],
  ['Lantern\u00a0Valley-27', ['white-space']],
  ['Lantern\u3000Valley-27', ['white-space']],
  ['Lantern\u2009Valley-27', ['white-space']],
  ['lantern-valley-27', ['no-upper']],
  ['LANTERN-VALLEY-27', ['no-lower']],
  ['Lantern-Valley-xx', ['no-digit']],
  ['LanternValley27', ['no-symbol']],
  ['lanternvalleyxx', ['no-upper', 'no-digit', 'no-symbol']],
  ['123456789012', ['no-upper', 'no-lower', 'no-symbol']],
  ['!!!!!!!!!!!!', ['no-upper', 'no-lower', 'no-digit']],
  ['日本語日本語日本語日本語', ['no-upper', 'no-lower', 'no-digit', 'no-symbol']],
  ['Password1234!', ['too-common']],
  ['P@ssw0rd1234!', ['too-common']],
  ['Passw0rd!!!!', ['too-common']],
  ['!!!Password123', ['too-common']],
  ['Welcome-2025!!', ['too-common']],
  ['Welcome!12345', ['too-common']],
  ['Qwertyuiop1!', ['too-common']],
  ['Administrator1!', ['too-common']],
  ['Summer2025!!!', ['too-common']],
  ['Changeme1234!', ['too-common']],
  ['Letmein12345!', ['too-common']],
  ['Newsroom2025!', ['too-common']],
  [`Aa1!${'x'.repeat(253)}`, ['too-long']],
  [`Aa1!${'😀'.repeat(253)}`, ['too-long']],
];

describe('checkPassword', () => {
  it.each(accepted)('accepts %j', (password) => {
    expect(checkPassword(password)).toEqual([]);
  });

  it.each(refused)('refuses %j by name', (password, failures) => {
    expect(checkPassword(password)).toEqual(failures);
  });

  it.each([
    ['ada.lovelace@newsroom.example', 'Ada.Lovelace-1843', ['contains-email']],
    ['editor@newsroom.example', '1-EDITOR-desk-x', ['contains-email']],
    ['editor@newsroom.example', 'Lantern-Valley-27', []],
    ['jo@newsroom.example', 'Jovial-Lantern-27', []],
    ['lantern', 'Lantern-Valley-27', ['contains-email']],
  ])('judges the address %s in %s', (email, password, failures) => {
    expect(checkPassword(password, email)).toEqual(failures);
  });

  it('says its one sentence with the length that it checks', () => {
    expect(passwordRule.text).toContain(String(passwordRule.minLength));
    expect(passwordRule.maxLength).toBeGreaterThanOrEqual(128);
  });
});
