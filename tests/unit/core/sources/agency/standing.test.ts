import { expect, test } from 'vitest';
import { assetOf, newsMl, ninjs, nowMs } from './read-one.ts';

test('a cancelled item is withdrawn, and its note to editors tells why', async () => {
  const note = 'KILL: the footage shows another bridge.';
  for (const asset of [
    await assetOf(ninjs({ pubstatus: 'canceled', ednote: note })),
    await assetOf(newsMl({ itemMeta: `<pubStatus qcode="stat:canceled"/><edNote>${note}</edNote>` })),
  ]) {
    expect(asset).toMatchObject({
      status: 'withdrawn',
      statusReason: 'canceled',
      notice: { kind: 'kill', text: note },
    });
  }
  expect((await assetOf(ninjs({ pubstatus: 'canceled' }))).notice).toEqual({
    kind: 'kill',
    text: 'Bridge reopens',
  });
});

test('a withheld item, and one with a status that nobody knows, may not be used', async () => {
  expect(await assetOf(ninjs({ pubstatus: 'withheld' }))).toMatchObject({
    status: 'withheld',
    statusReason: 'withheld',
  });
  expect((await assetOf(ninjs({ pubstatus: 'frozen' }))).status).toBe('withheld');
  expect(
    (
      await assetOf(
        newsMl({ itemMeta: '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>' }),
      )
    ).status,
  ).toBe('withheld');
  expect((await assetOf(newsMl())).status).toBe('usable');
});

test('signals of a correction and an update are told with the note', async () => {
  const signalled = async (code: string) =>
    (
      await assetOf(
        newsMl({ itemMeta: `<edNote>Place name corrected.</edNote><signal qcode="sig:${code}"/>` }),
      )
    ).notice;
  expect(await signalled('correction')).toEqual({ kind: 'correction', text: 'Place name corrected.' });
  expect(await signalled('update')).toEqual({ kind: 'update', text: 'Place name corrected.' });
  expect((await assetOf(ninjs({ signal: 'sig:correction' }))).notice).toEqual({
    kind: 'correction',
    text: null,
  });
  expect((await assetOf(ninjs({ ednote: 'Originally broadcast in Germany' }))).notice).toBeNull();
});

test('a word at the head of a headline is told and changes no status', async () => {
  expect(await assetOf(ninjs({ headline: 'KILL: Bridge reopens' }))).toMatchObject({
    status: 'usable',
    notice: { kind: 'update', text: 'KILL: Bridge reopens' },
  });
  expect((await assetOf(ninjs({ headline: 'CORRECTION - Bridge reopens' }))).notice?.kind).toBe('correction');
  expect((await assetOf(ninjs({ ednote: 'ADVISORY: graphic content' }))).notice).toEqual({
    kind: 'update',
    text: 'ADVISORY: graphic content',
  });
  for (const headline of ['Killing of a bridge', 'Corrections officers on strike', 'Update on the bridge']) {
    expect({ headline, ...(await assetOf(ninjs({ headline }))).notice }).toEqual({ headline });
  }
});

test('an embargo with a time zone holds till then and is over afterwards', async () => {
  const later = '2026-03-05T14:00:00+01:00';
  const asset = await assetOf(newsMl({ itemMeta: `<embargoed>${later}</embargoed>` }));
  expect(asset).toMatchObject({
    status: 'embargoed',
    rights: { embargoUntilMs: Date.parse(later), embargoText: null },
  });
  expect((await assetOf(ninjs({ embargoed: later }))).status).toBe('embargoed');
  expect((await assetOf(ninjs({ embargoedUntil: later }))).status).toBe('embargoed');
  expect((await assetOf(newsMl({ itemMeta: '<embargoed>2026-03-05T11:00:00Z</embargoed>' }))).status).toBe(
    'usable',
  );
});

test('an embargo without a time zone holds till it is over everywhere, one of a day through that day', async () => {
  const until = async (text: string) =>
    (await assetOf(newsMl({ itemMeta: `<embargoed>${text}</embargoed>` }))).rights.embargoUntilMs;
  expect(await until('2026-03-05T06:00:00')).toBe(Date.UTC(2026, 2, 5, 18));
  expect(await until('2026-03-05')).toBe(Date.parse('2026-03-06T11:59:59.999Z'));
  expect(nowMs).toBeLessThan(Date.UTC(2026, 2, 5, 18));
});

test('an embargo whose end cannot be told holds till the source says otherwise, in its own words', async () => {
  expect(await assetOf(newsMl({ itemMeta: '<embargoed/>' }))).toMatchObject({
    status: 'embargoed',
    rights: { embargoUntilMs: null, embargoText: 'Embargoed, with no end given.' },
  });
  expect((await assetOf(ninjs({ embargoedreason: 'Until the speech is held' }))).rights.embargoText).toBe(
    'Until the speech is held',
  );
  expect(await assetOf(ninjs({ embargoed: 'Friday at noon' }))).toMatchObject({
    status: 'embargoed',
    rights: { embargoText: 'Friday at noon' },
  });
});

test('an embargo in the terms of use is found, with its end when that is a full date', async () => {
  const terms = 'Clients only. EMBARGOED UNTIL 00:01 GMT FRIDAY 6 MARCH. No archive.';
  expect(await assetOf(ninjs({ usageterms: terms }))).toMatchObject({
    status: 'embargoed',
    rights: { usageText: terms, embargoText: 'EMBARGOED UNTIL 00:01 GMT FRIDAY 6 MARCH.' },
  });
  expect(
    (await assetOf(ninjs({ usageterms: 'Embargoed until 2026-03-06T00:01:00Z.' }))).rights,
  ).toMatchObject({
    embargoUntilMs: Date.parse('2026-03-06T00:01:00Z'),
    embargoText: null,
  });
  expect((await assetOf(ninjs({ usageterms: 'Embargoed until 2026-03-04T00:01:00Z.' }))).status).toBe(
    'usable',
  );
  for (const usageterms of ['No embargo.', 'The embargo has been lifted.', 'Not embargoed. Free to use.']) {
    expect(await assetOf(ninjs({ usageterms }))).toMatchObject({
      status: 'usable',
      rights: { usageText: usageterms },
    });
  }
});

test('rights are facts of their own, and the terms are kept word for word', async () => {
  const { rights } = await assetOf(
    newsMl({
      rights:
        '<copyrightHolder><name>Example Agency</name></copyrightHolder><copyrightNotice>© 2026 Example</copyrightNotice>' +
        '<usageTerms>For editorial use only.<br/>Contains third party library material which must be cleared.</usageTerms>',
      contentMeta: '<headline>Bridge</headline><creditline>Example/AFP</creditline>',
      itemMeta: '<expires>2026-04-01T00:00:00Z</expires>',
    }),
  );
  expect(rights).toMatchObject({
    usageText: 'For editorial use only.\nContains third party library material which must be cleared.',
    creditLine: 'Example/AFP',
    copyright: '© 2026 Example',
    editorialOnly: true,
    expiresAtMs: Date.parse('2026-04-01T00:00:00Z'),
  });
  expect(rights.thirdParty).toContain('third party library material');
  expect((await assetOf(ninjs())).rights).toMatchObject({
    usageText: null,
    editorialOnly: null,
    thirdParty: null,
  });
});
