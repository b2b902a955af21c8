import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Download, DownloadSort } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import type { DownloadTab } from '../../lib/search-params.ts';
import { joinPages, pagesToRead } from './page-chain.ts';

/** Rows in a page; small enough to be read several times a second while numbers change. */
const pageRows = 100;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Which list is read, and in which order. */
export interface ShownList {
  readonly show: DownloadTab;
  readonly sort?: DownloadSort;
}

/** The list of a tab; that of the active ones has the order of the queue. */
export function listOf(show: DownloadTab, sort: DownloadSort | undefined): ShownList {
  return show === 'active' || sort === undefined ? { show } : { show, sort };
}

interface Chain {
  readonly starts: readonly (string | null)[];
  readonly before: readonly (string | null)[];
}

/**
 * The rows of a tab. Only the pages in sight are read again when something changes, so a list of ten thousand costs
 * no more than one of a hundred; the others keep what was last read of them.
 */
export function useDownloadPages(list: ShownList) {
  const { show } = list;
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const [range, setRange] = useState<Range>({ first: 0, last: 0 });
  // Where the pages begin: each page tells where the next one does. Until a page that begins elsewhere now is read, the
  // rows that stood there before stay in sight.
  const [{ starts, before }, setChain] = useState<Chain>({ starts: [null], before: [null] });
  const optionsOf = (start: string | null) =>
    queries.downloads.list.queryOptions({
      input: { ...list, limit: pageRows, ...(start !== null && { cursor: start }) },
    });

  const wanted = pagesToRead({ ...range, pageRows, known: starts.length });
  const live = useQueries({ queries: wanted.map((page) => optionsOf(starts[page] ?? null)) });

  const pages = starts.map((start, page) => {
    const shown = live[wanted.indexOf(page)]?.data ?? queryClient.getQueryData(optionsOf(start).queryKey);
    return shown ?? queryClient.getQueryData(optionsOf(before[page] ?? start).queryKey);
  });
  for (const [at, page] of wanted.entries()) {
    const next = live[at]?.data?.nextCursor;
    if (next === undefined) continue;
    const known = starts.length > page + 1 ? starts[page + 1] : undefined;
    if (next === null ? known === undefined : known === next) continue;
    // What stood behind a page whose end has moved begins anew there.
    const upTo = starts.slice(0, page + 1);
    setChain({ starts: next === null ? upTo : [...upTo, next], before: starts });
    break;
  }

  const first = live[0];
  // What is in sight is the freshest; while none of it was read yet, any page tells how long the list is.
  const counts = [...live.map((answer) => answer.data), ...pages].find((page) => page !== undefined)?.counts;
  const rows: readonly (Download | undefined)[] = joinPages(
    pages.map((page) => page?.downloads),
    pageRows,
  );
  const total = counts === undefined ? 0 : totalOf(counts, show);
  return {
    rows,
    total: Math.max(total, rows.length),
    counts,
    isPending: first?.isPending === true && counts === undefined,
    error: counts === undefined ? (first?.error ?? null) : null,
    /** Tells which rows are in sight. */
    look: (next: Range): void => {
      if (next.first !== range.first || next.last !== range.last) setRange(next);
    },
  };
}

export type DownloadPages = ReturnType<typeof useDownloadPages>;

function totalOf(counts: { active: number; done: number; failed: number }, show: DownloadTab): number {
  return show === 'all' ? counts.active + counts.done + counts.failed : counts[show];
}
