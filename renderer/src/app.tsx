import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, type ReactNode } from 'react';
import { ConnectionProvider } from './lib/app-context.tsx';
import type { Connection } from './lib/connect.ts';
import type { AppRouter } from './routes.tsx';
import { PlaceMemory } from './ui/place-memory.tsx';
import { SyncProvider } from './ui/sync-provider.tsx';
import { ToastProvider } from './ui/toast.tsx';

/** The whole page with what every screen stands on. */
export function App(props: {
  connection: Connection;
  queryClient: QueryClient;
  router: AppRouter;
}): ReactNode {
  return (
    <StrictMode>
      <ConnectionProvider connection={props.connection}>
        <QueryClientProvider client={props.queryClient}>
          <ToastProvider>
            <SyncProvider>
              <PlaceMemory>
                <RouterProvider router={props.router} />
              </PlaceMemory>
            </SyncProvider>
          </ToastProvider>
        </QueryClientProvider>
      </ConnectionProvider>
    </StrictMode>
  );
}
