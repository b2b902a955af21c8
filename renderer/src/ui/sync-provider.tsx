import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react';
import type { SyncSummary } from '../../../shared/contract/catalogue.ts';
import type { Source } from '../../../shared/contract/sources.ts';
import { useCore } from '../lib/app-context.tsx';
import { describeError } from '../lib/errors.ts';
import { formatCount } from '../lib/format.ts';
import { useToasts } from './toast.tsx';

/** A running sync as this screen sees it. */
export interface SyncProgress {
  readonly sourceName: string;
  readonly done: number;
  readonly total: number | null;
}

function inWords(summary: SyncSummary, name: string): string {
  const parts = [
    formatCount(summary.added, 'new asset'),
    `${summary.updated} updated`,
    ...(summary.withdrawn > 0 ? [`${summary.withdrawn} withdrawn`] : []),
    ...(summary.failed > 0 ? [`${summary.failed} could not be read`] : []),
  ];
  const doubt = summary.doubt === null ? '' : `. ${summary.doubt}`;
  return `${name} is up to date: ${parts.join(', ')}${doubt}`;
}

/** Syncs as a screen sees and commands them. */
interface Syncs {
  /** The one that runs, or null. */
  readonly progress: SyncProgress | null;
  readonly start: (sources: readonly Source[]) => void;
  readonly stop: () => void;
}

const SyncContext = createContext<Syncs | null>(null);

/** Brings sources up to date, one after the other. It stands above the screens: leaving one does not end a sync. */
function useSyncs(): Syncs {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<SyncProgress | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const readOne = async (source: Source, name: string, signal: AbortSignal): Promise<void> => {
    setProgress({ sourceName: source.name, done: 0, total: null });
    const steps = await client.catalogue.sync({ sourceId: source.id }, { signal });
    for await (const step of steps) {
      if (step.kind === 'progress')
        setProgress({ sourceName: source.name, done: step.done, total: step.total });
      else toasts.show({ text: inWords(step.summary, name), about: `sync ${source.id}` });
    }
  };

  /** One that fails does not keep the others from being read. */
  const syncOne = async (source: Source, name: string, signal: AbortSignal): Promise<void> => {
    try {
      await readOne(source, name, signal);
    } catch (error) {
      const { code, title, whatToDo } = describeError(error);
      // One that another door began is shown by the source's state; there is nothing to tell.
      if (signal.aborted || code === 'CONFLICT') return;
      const why =
        code === 'NETWORK_UNAVAILABLE'
          ? `${source.name} cannot be reached. Check the connection and the proxy, then try again.`
          : `${source.name}: ${title} ${whatToDo}`;
      toasts.show({ text: why, tone: 'bad', about: `sync ${source.id}` });
    }
  };

  const run = async (sources: readonly Source[]): Promise<void> => {
    const stop = new AbortController();
    running.current = stop;
    try {
      for (const source of sources) {
        if (stop.signal.aborted) break;
        await syncOne(source, sources.length > 1 ? source.name : 'Catalogue', stop.signal);
      }
    } finally {
      if (running.current === stop) {
        running.current = null;
        setProgress(null);
      }
      await queryClient.invalidateQueries({ queryKey: queries.sources.key() });
      await queryClient.invalidateQueries({ queryKey: queries.catalogue.key() });
      await queryClient.invalidateQueries({ queryKey: queries.events.key() });
    }
  };

  return {
    progress,
    start: (sources: readonly Source[]): void => {
      if (running.current === null) void run(sources);
    },
    stop: (): void => running.current?.abort(),
  };
}

/** Keeps the running sync for all screens. */
export function SyncProvider(props: { children: ReactNode }): ReactNode {
  return <SyncContext value={useSyncs()}>{props.children}</SyncContext>;
}

/** The running sync and the ways to begin and to stop one. */
export function useSync(): Syncs {
  const syncs = use(SyncContext);
  if (syncs === null) throw new Error('useSync needs a SyncProvider above it');
  return syncs;
}
