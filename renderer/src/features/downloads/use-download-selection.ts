import { useState } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { noSelection, selectAll, type Selection } from '../../lib/selection.ts';
import { useToasts } from '../../ui/toast.tsx';
import type { DownloadPages, ShownList } from './use-download-pages.ts';

const pageRows = 1000;
/** No list is read further than the verbs take ids. */
const mostPages = 10;

/** What is selected in a tab. "All" means the whole tab, whether it was scrolled into sight or not. */
export function useDownloadSelection(list: ShownList, rows: DownloadPages['rows']) {
  const { client } = useCore();
  const toasts = useToasts();
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [read, setRead] = useState<ReadonlyMap<string, Download>>(new Map());
  const live = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id as string, row] as const])));
  const selected = [...selection.ids].flatMap((id) => live.get(id) ?? read.get(id) ?? []);

  const readAll = async (): Promise<void> => {
    const found: Download[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page++) {
      const answer: Awaited<ReturnType<typeof client.downloads.list>> = await client.downloads.list({
        ...list,
        limit: pageRows,
        ...(cursor !== null && { cursor }),
      });
      found.push(...answer.downloads);
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    setRead(new Map(found.map((download) => [download.id, download])));
    setSelection(selectAll(found.map((download) => download.id)));
  };

  return {
    selection,
    selected,
    select: setSelection,
    clear: (): void => setSelection(noSelection),
    selectAll: (): void => {
      readAll().catch(toasts.fail);
    },
  };
}
