import '@fontsource-variable/inter/index.css';
import './styles/mono.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { QueryClient } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './lib/connect.ts';
import { followChanges } from './lib/follow-changes.ts';
import { createAppRouter } from './routes.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const connection = connect(window);
const queryClient = new QueryClient({
  defaultOptions: {
    // The core is on this machine: being offline must not stop a read, and a failure is told at once.
    queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 10_000 },
    mutations: { networkMode: 'always', retry: false },
  },
});
followChanges(connection, queryClient);

createRoot(root).render(
  <App connection={connection} queryClient={queryClient} router={createAppRouter(connection, queryClient)} />,
);
