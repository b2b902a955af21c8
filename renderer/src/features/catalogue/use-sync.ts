import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SyncSummary } from '../../../../shared/contract/catalogue.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { useToasts } from '../../ui/toast.tsx';

/** A running sync as this screen sees it. */
export interface SyncProgress {
  readonly sourceName: string;
  readonly done: number;
  readonly total: number | null;
}

function inWords(summary: SyncSummary): string {
  const parts = [
    formatCount(summary.added, 'new asset'),
    `${summary.updated} updated`,
    ...(summary.withdrawn > 0 ? [`${summary.withdrawn} withdrawn`] : []),
    ...(summary.failed > 0 ? [`${summary.failed} could not be read`] : []),
  ];
  return `Catalogue is up to date: ${parts.join(', ')}`;
}

/** Brings sources up to date, one after the other, with progress; leaving the screen lets go of the stream. */
export function useSync() {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<SyncProgress | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const syncOne = async (source: Source, signal: AbortSignal): Promise<void> => {
    setProgress({ sourceName: source.name, done: 0, total: null });
    const steps = await client.catalogue.sync({ sourceId: source.id }, { signal });
    for await (const step of steps) {
      if (step.kind === 'progress')
        setProgress({ sourceName: source.name, done: step.done, total: step.total });
      else toasts.show({ text: inWords(step.summary) });
    }
  };

  const run = async (sources: readonly Source[]): Promise<void> => {
    const stop = new AbortController();
    running.current = stop;
    try {
      for (const source of sources) await syncOne(source, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) toasts.fail(error);
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
