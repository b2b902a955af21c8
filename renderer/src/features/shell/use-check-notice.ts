import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { CheckRun } from '../../../../shared/contract/verify.ts';
import { useCore } from '../../lib/app-context.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { endWords } from '../../lib/check-words.ts';

/** Says once, when a check has ended, what came of it. One that had ended before the window opened is not told. */
export function useCheckNotice(): void {
  const { queries } = useCore();
  const toasts = useToasts();
  const run = useQuery(queries.verify.status.queryOptions({ input: {} })).data?.run;
  const told = useRef<string | null | undefined>(undefined);
  const read = useEffectEvent((now: CheckRun | null) => {
    const ended = now !== null && now.state !== 'running' ? now.id : null;
    const isFirst = told.current === undefined;
    if (!isFirst && (ended === null || ended === told.current)) return;
    told.current = ended;
    if (isFirst || now === null) return;
    const isBad = now.state === 'failed' || now.counts.damaged > 0;
    toasts.show({ text: endWords(now), about: 'check', ...(isBad && { tone: 'bad' }) });
  });
  useEffect(() => {
    if (run !== undefined) read(run);
  }, [run]);
}
