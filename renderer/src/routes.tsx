import type { QueryClient } from '@tanstack/react-query';
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router';
import { AccountScreen } from './features/account/account-screen.tsx';
import { AssetScreen } from './features/catalogue/asset-screen.tsx';
import { CatalogueScreen } from './features/catalogue/catalogue-screen.tsx';
import { DownloadsScreen } from './features/downloads/downloads-screen.tsx';
import { EventScreen } from './features/events/event-screen.tsx';
import { EventsScreen } from './features/events/events-screen.tsx';
import { LibraryScreen } from './features/library/library-screen.tsx';
import { NoticesScreen } from './features/notices/notices-screen.tsx';
import { ResultsScreen } from './features/search/results-screen.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import { FailedScreen, UnknownScreen } from './features/shell/fallback-screens.tsx';
import { Shell } from './features/shell/shell.tsx';
import { WelcomeScreen } from './features/welcome/welcome-screen.tsx';
import type { Connection } from './lib/connect.ts';
import {
  accountSearch,
  assetSearch,
  catalogueSearch,
  downloadsSearch,
  eventsSearch,
  librarySearch,
  noticesSearch,
  resultsSearch,
  settingsSearch,
} from './lib/search-params.ts';

/** Builds the router: every screen has an address, and the address carries what the screen shows. */
export function createAppRouter(connection: Connection, queryClient: QueryClient) {
  const root = createRootRoute({
    component: Shell,
    notFoundComponent: UnknownScreen,
    errorComponent: FailedScreen,
  });
  const at = <P extends string>(path: P) => ({ getParentRoute: () => root, path }) as const;

  const home = createRoute({
    ...at('/'),
    beforeLoad: async () => {
      const { queries } = connection;
      const [{ sources }, { roots }] = await Promise.all([
        queryClient.fetchQuery(queries.sources.list.queryOptions()),
        queryClient.fetchQuery(queries.library.roots.queryOptions()),
      ]);
      if (sources.length > 0) throw redirect({ to: '/catalogue', replace: true });
      throw redirect({ to: roots.length > 0 ? '/library' : '/welcome', replace: true });
    },
  });

  const tree = root.addChildren([
    home,
    createRoute({ ...at('/welcome'), component: WelcomeScreen }),
    createRoute({
      ...at('/account/$sourceId'),
      validateSearch: accountSearch,
      component: AccountScreen,
    }),
    createRoute({ ...at('/catalogue'), validateSearch: catalogueSearch, component: CatalogueScreen }),
    createRoute({ ...at('/asset/$assetId'), validateSearch: assetSearch, component: AssetScreen }),
    createRoute({ ...at('/downloads'), validateSearch: downloadsSearch, component: DownloadsScreen }),
    createRoute({ ...at('/library'), validateSearch: librarySearch, component: LibraryScreen }),
    createRoute({ ...at('/events'), validateSearch: eventsSearch, component: EventsScreen }),
    createRoute({ ...at('/event/$eventId'), component: EventScreen }),
    createRoute({ ...at('/notices'), validateSearch: noticesSearch, component: NoticesScreen }),
    createRoute({ ...at('/search'), validateSearch: resultsSearch, component: ResultsScreen }),
    createRoute({ ...at('/settings'), validateSearch: settingsSearch, component: SettingsScreen }),
  ]);
  return createRouter({ routeTree: tree, history: createHashHistory(), defaultErrorComponent: FailedScreen });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
