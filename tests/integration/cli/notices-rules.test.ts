import { expect, it } from 'vitest';
import * as z from 'zod';
import { notice } from '../../../shared/contract/notices.ts';
import { rule, rulePreview, savedSearch } from '../../../shared/contract/rules.ts';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { ninjsFeedRig } from '../sources/rigs/agency-feed-rig.ts';
import { changed, someItems } from '../sources/played-items.ts';
import { aHome, downloadsDocument, sourceDocument, syncDocument } from './cli-fixture.ts';

const savedDocument = z.object({ searches: z.array(savedSearch) });
const rulesDocument = z.object({ rules: z.array(rule) });
const noticesDocument = z.object({
  total: z.number(),
  items: z.array(notice),
  cursor: z.string().nullable(),
});

/** A home whose catalogue holds five items of an agency, and a search that finds them. */
async function aDesk() {
  const agency = await ninjsFeedRig.play(someItems(5));
  const at = aHome();
  await rushesJson(['source', 'add', agency.url], sourceDocument, at);
  await rushesJson(['sync'], syncDocument, at);
  const added = ['saved', 'add', 'Convoys', 'convoy', 'status:usable'];
  expect(await rushesJson(added, savedSearch, at)).toMatchObject({ total: 5, fresh: 0, hasRule: false });
  return { agency, at };
}

it('shows what a rule would take, takes just that, and remembers it when it is off', async () => {
  const { at } = await aDesk();
  expect((await runRushes(['rules'], at)).stdout).toMatch(/^No rule/);
  const preview = ['rules', 'preview', 'convoys', '--most-files', '3'];
  const planned = await rushesJson(preview, rulePreview, at);
  expect(planned).toMatchObject({ files: 3, unknownSizes: 3, beyondLimit: 2 });
  expect((await runRushes(preview, at)).stdout).toMatch(
    /^It would take 3 files, .*and 3 of unknown size\.\n {2}2 wait for the limit$/m,
  );
  expect(toldError(await runRushes(['rules', 'off', 'Convoys', '--json'], at)).code).toBe('NOT_FOUND');

  await rushesJson(['rules', 'on', 'Convoys', '--most-files', '3'], rule, at);
  const ran = await rushesJson(['rules', 'run'], rulesDocument, at);
  expect(ran.rules).toMatchObject([{ takenFiles: 3, reason: '2 more wait for the limit of the rule.' }]);
  const queue = ['downloads', 'list', '--show', 'active'];
  const { downloads } = await rushesJson(queue, downloadsDocument, at);
  expect(new Set(downloads.map(({ assetId }) => assetId))).toEqual(
    new Set(planned.items.map(({ assetId }) => assetId)),
  );
  // The limit stays when something else is said.
  expect(await rushesJson(['rules', 'on', 'Convoys', '--again'], rule, at)).toMatchObject({
    mostFiles: 3,
    keepOut: false,
  });
  expect(await rushesJson(['rules', 'off', 'Convoys'], rule, at)).toMatchObject({ enabled: false });
  expect((await rushesJson(['saved', 'remove', 'Convoys'], savedDocument, at)).searches).toEqual([]);
  expect((await rushesJson(['rules'], rulesDocument, at)).rules).toEqual([]);
});

it('says what a source has done to what is wanted here, until somebody has seen it', async () => {
  const { agency, at } = await aDesk();
  await rushesJson(['rules', 'on', 'Convoys', '--most-files', '3'], rule, at);
  await rushesJson(['rules', 'run'], rulesDocument, at);
  expect((await runRushes(['notices'], at)).stdout).toBe('Nothing to look at.\n');
  agency.items = agency.items.map((item) => changed(item, { withdrawn: true }));
  await rushesJson(['sync'], syncDocument, at);
  const { total, items } = await rushesJson(['notices'], noticesDocument, at);
  expect(total).toBe(3);
  const [newest] = items;
  const told = (await runRushes(['notices', '--limit', '2'], at)).stdout;
  expect(told).toContain(`${newest?.id}  STOP  killed: ${newest?.title}`);
  expect(told).toMatch(/^ {2}status: usable -> withdrawn\n {2}held by download \S+ \(queued\)$/m);
  expect(told).toMatch(/^More with --cursor \d+$/m);
  const seen = ['notices', 'seen', newest?.id ?? '', '--note', 'Taken out'];
  expect(await rushesJson(seen, z.object({ acknowledged: z.number() }), at)).toEqual({ acknowledged: 1 });
  expect((await rushesJson(['notices'], noticesDocument, at)).total).toBe(2);
  const whole = await rushesJson(['notices', 'list', '--all'], noticesDocument, at);
  expect(whole.items.find(({ id }) => id === newest?.id)).toMatchObject({ note: 'Taken out' });
});
