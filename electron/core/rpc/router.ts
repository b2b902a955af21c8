import { implement } from '@orpc/server';
import type * as z from 'zod';
import { contract } from '../../../shared/contract/contract.ts';
import type { system as systemContract } from '../../../shared/contract/system.ts';
import type { thumbs as thumbsContract } from '../../../shared/contract/library.ts';
import type { AccountArea } from '../account/account.ts';
import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { EventsArea } from '../events/events.ts';
import type { LibraryArea } from '../library/library.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Log } from '../ports.ts';
import type { NetworkArea } from '../network/network-calls.ts';
import type { NoticesArea } from '../notices/notices.ts';
import type { PlacesArea } from '../places/places.ts';
import type { RulesArea } from '../rules/rules.ts';
import type { SavedSearchesArea } from '../rules/saved-searches.ts';
import type { createSearch } from '../search/search.ts';
import type { SettingsArea } from '../settings/settings.ts';
import type { SourcesArea } from '../sources/sources.ts';
import type { ChangeFeed } from '../system/change-feed.ts';
import type { TagsArea } from '../tags/tags.ts';
import type { VerifyArea } from '../verify/verify.ts';
import { toOrpcError, withOrpcErrors } from './to-orpc-error.ts';

type Output<T extends { '~orpc': { outputSchema?: unknown } }> = z.infer<
  Extract<NonNullable<T['~orpc']['outputSchema']>, z.ZodType>
>;
type Input<T extends { '~orpc': { inputSchema?: unknown } }> = z.infer<
  Extract<NonNullable<T['~orpc']['inputSchema']>, z.ZodType>
>;

/** What the core knows of itself. */
export interface SystemArea {
  info(): Output<typeof systemContract.info>;
  doctor(): Promise<Output<typeof systemContract.doctor>>;
  jobs(): Output<typeof systemContract.jobs>;
}

/** Every area a call can reach. */
export interface Areas {
  readonly account: AccountArea;
  readonly catalogue: CatalogueArea;
  readonly downloads: Downloads;
  readonly events: EventsArea;
  readonly library: LibraryArea;
  readonly network: NetworkArea;
  readonly notices: NoticesArea;
  readonly places: PlacesArea;
  readonly rules: RulesArea;
  readonly savedSearches: SavedSearchesArea;
  readonly search: ReturnType<typeof createSearch>;
  readonly settings: SettingsArea;
  readonly sources: SourcesArea;
  readonly system: SystemArea;
  readonly tags: TagsArea;
  readonly thumbs: {
    make(
      input: Input<typeof thumbsContract.make>,
      signal: AbortSignal | undefined,
    ): Promise<Output<typeof thumbsContract.make>>;
  };
  readonly verify: VerifyArea;
  readonly changes: ChangeFeed;
}

/** The contract's calls, each handed to its area. Nothing is decided here. */
export function createRouter(areas: Areas, over: { log: Log; isOpen: () => boolean }) {
  const { log } = over;
  const os = createImplementer(over);
  return os.router({
    ...accountCalls(os, areas),
    ...catalogueCalls(os, areas, log),
    ...libraryCalls(os, areas),
    ...networkCalls(os, areas),
    ...noticeCalls(os, areas),
    ...ruleCalls(os, areas),
    ...systemCalls(os, areas, log),
    ...verifyCalls(os, areas),
  });
}
export type CoreRouter = ReturnType<typeof createRouter>;
type Implementer = ReturnType<typeof createImplementer>;

/** The contract with the one place where errors are turned into its codes. A closed core answers so, and nothing else. */
function createImplementer({ log, isOpen }: { log: Log; isOpen: () => boolean }) {
  return implement(contract).use(async ({ next }) => {
    try {
      if (!isOpen()) throw new RushesError('CORE_UNAVAILABLE', 'Rushes is closing.');
      return await next();
    } catch (error) {
      // What a closing core breaks off is no bug of the call that met it.
      if (!isOpen() && !(error instanceof RushesError)) {
        throw toOrpcError(new RushesError('CORE_UNAVAILABLE', 'Rushes is closing.'), log);
      }
      throw toOrpcError(error, log);
    }
  });
}

function accountCalls(os: Implementer, { account, sources }: Areas) {
  return {
    account: {
      status: os.account.status.handler(({ input }) => account.status(input.sourceId)),
      register: os.account.register.handler(({ input }) => account.register(input.sourceId, input)),
      verify: os.account.verify.handler(({ input }) => account.verify(input.sourceId, input)),
      resend: os.account.resend.handler(({ input }) => account.resend(input.sourceId, input)),
      login: os.account.login.handler(({ input }) => account.login(input.sourceId, input)),
      logout: os.account.logout.handler(({ input }) => account.logout(input.sourceId)),
      resetRequest: os.account.resetRequest.handler(({ input }) =>
        account.resetRequest(input.sourceId, input),
      ),
      resetConfirm: os.account.resetConfirm.handler(({ input }) =>
        account.resetConfirm(input.sourceId, input),
      ),
      newsletter: os.account.newsletter.handler(({ input }) =>
        account.newsletter(input.sourceId, { subscribed: input.subscribed }),
      ),
    },
    sources: {
      list: os.sources.list.handler(async () => ({ sources: await sources.list() })),
      add: os.sources.add.handler(({ input, signal }) => sources.add(input, signal)),
      update: os.sources.update.handler(({ input }) => sources.update(input)),
      remove: os.sources.remove.handler(async ({ input }) => {
        await sources.remove(input.id);
        return {};
      }),
    },
  };
}

function catalogueCalls(os: Implementer, { catalogue, downloads, search }: Areas, log: Log) {
  return {
    catalogue: {
      list: os.catalogue.list.handler(({ input, signal }) => catalogue.list(input, signal)),
      facets: os.catalogue.facets.handler(({ input, signal }) => catalogue.facets(input, signal)),
      suggest: os.catalogue.suggest.handler(async ({ input, signal }) => ({
        items: await catalogue.suggest(input, signal),
      })),
      get: os.catalogue.get.handler(({ input }) => catalogue.get(input.id)),
      sync: os.catalogue.sync.handler(({ input, signal }) =>
        withOrpcErrors(catalogue.sync(input.sourceId, { signal, byItself: false }), log),
      ),
    },
    downloads: {
      add: os.downloads.add.handler(async ({ input }) => {
        const { downloads: added, already, refused } = await downloads.add(input);
        return { downloads: added, already: [...already], refused: [...refused] };
      }),
      addUrl: os.downloads.addUrl.handler(({ input }) => downloads.addUrl(input)),
      list: os.downloads.list.handler(({ input }) => downloads.list(input)),
      get: os.downloads.get.handler(({ input }) => downloads.get(input)),
      attempts: os.downloads.attempts.handler(({ input }) => downloads.attempts(input)),
      totals: os.downloads.totals.handler(() => downloads.totals()),
      change: os.downloads.change.handler(({ input }) => downloads.change(input)),
      move: os.downloads.move.handler(({ input }) => downloads.move(input)),
      swapRendition: os.downloads.swapRendition.handler(({ input }) => downloads.swapRendition(input)),
      forget: os.downloads.forget.handler(({ input }) => downloads.forget(input)),
      wake: os.downloads.wake.handler(({ input }) => downloads.wake(input)),
      pause: os.downloads.pause.handler(({ input }) => downloads.pause(input)),
      resume: os.downloads.resume.handler(({ input }) => downloads.resume(input)),
      retry: os.downloads.retry.handler(({ input }) => downloads.retry(input)),
      cancel: os.downloads.cancel.handler(({ input }) => downloads.cancel(input)),
    },
    search: {
      find: os.search.find.handler(({ input, signal }) =>
        search.find({ ...input, cursor: input.cursor }, signal),
      ),
    },
  };
}

function libraryCalls(os: Implementer, { events, library, tags, thumbs }: Areas) {
  return {
    events: {
      list: os.events.list.handler(({ input }) => ({ events: events.list(input.query) })),
      get: os.events.get.handler(({ input }) => events.get(input.id)),
      create: os.events.create.handler(({ input }) => events.create(input)),
      update: os.events.update.handler(({ input }) => events.update(input.id, input)),
    },
    library: {
      roots: os.library.roots.handler(() => ({ roots: library.roots() })),
      addRoot: os.library.addRoot.handler(({ input }) => library.addRoot(input.path)),
      removeRoot: os.library.removeRoot.handler(async ({ input }) => ({
        roots: await library.removeRoot(input.path),
      })),
      scan: os.library.scan.handler(({ input }) => library.scan(input.rootId)),
      list: os.library.list.handler(({ input }) => library.list(input)),
      get: os.library.get.handler(({ input }) => library.get(input.id)),
      retry: os.library.retry.handler(({ input }) => library.retry(input.id, input.step)),
    },
    tags: {
      list: os.tags.list.handler(() => ({ tags: tags.list() })),
      apply: os.tags.apply.handler(({ input }) => tags.apply(input)),
      undo: os.tags.undo.handler(() => tags.undo()),
      redo: os.tags.redo.handler(() => tags.redo()),
    },
    thumbs: { make: os.thumbs.make.handler(({ input, signal }) => thumbs.make(input, signal)) },
  };
}

function noticeCalls(os: Implementer, { notices }: Areas) {
  return {
    notices: {
      list: os.notices.list.handler(({ input }) => notices.list(input)),
      count: os.notices.count.handler(() => notices.count()),
      acknowledge: os.notices.acknowledge.handler(({ input }) => notices.acknowledge(input.ids, input.note)),
    },
  };
}

function ruleCalls(os: Implementer, { rules, savedSearches }: Areas) {
  return {
    savedSearches: {
      list: os.savedSearches.list.handler(async () => ({ searches: await savedSearches.list() })),
      save: os.savedSearches.save.handler(({ input }) => savedSearches.save(input)),
      seen: os.savedSearches.seen.handler(({ input }) => {
        savedSearches.seen(input.id);
        return {};
      }),
      remove: os.savedSearches.remove.handler(({ input }) => {
        savedSearches.remove(input.id);
        return {};
      }),
    },
    rules: {
      list: os.rules.list.handler(() => ({ rules: rules.list() })),
      preview: os.rules.preview.handler(({ input, signal }) => rules.preview(input, signal)),
      save: os.rules.save.handler(({ input }) => rules.save(input)),
      run: os.rules.run.handler(async () => ({ rules: await rules.run() })),
      remove: os.rules.remove.handler(({ input }) => {
        rules.remove(input.id);
        return {};
      }),
    },
  };
}

function networkCalls(os: Implementer, { network }: Areas) {
  return {
    network: {
      status: os.network.status.handler(({ input }) => network.status(input.url)),
      test: os.network.test.handler(({ input, signal }) => network.test(input.url, signal)),
      setProxyPassword: os.network.setProxyPassword.handler(({ input }) =>
        network.setProxyPassword(input.password),
      ),
    },
  };
}

function systemCalls(os: Implementer, { places, settings, system, changes }: Areas, log: Log) {
  return {
    places: { preview: os.places.preview.handler(({ input }) => places.preview(input)) },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => settings.set(input)),
    },
    system: {
      info: os.system.info.handler(() => system.info()),
      doctor: os.system.doctor.handler(() => system.doctor()),
      jobs: os.system.jobs.handler(() => system.jobs()),
      changes: os.system.changes.handler(({ signal }) => withOrpcErrors(changes.subscribe(signal), log)),
    },
  };
}

function verifyCalls(os: Implementer, { verify }: Areas) {
  return {
    verify: {
      start: os.verify.start.handler(({ input }) => verify.start(input)),
      status: os.verify.status.handler(({ input }) => ({ run: verify.status(input.runId) })),
      cancel: os.verify.cancel.handler(({ input }) => verify.cancel(input.runId)),
      results: os.verify.results.handler(({ input }) => verify.results(input)),
      ofClip: os.verify.ofClip.handler(({ input }) => ({ results: verify.ofClip(input.clipId) })),
      repair: os.verify.repair.handler(({ input }) => ({ results: verify.repair(input.ids) })),
    },
  };
}
