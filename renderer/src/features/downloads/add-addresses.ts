import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatNumber } from '../../lib/format.ts';
import type { CoreClient } from '../../lib/core-client.ts';
import { useToasts } from '../../ui/toast.tsx';

type AddUrl = Parameters<CoreClient['downloads']['addUrl']>[0];

/** What is said of each address beside itself. */
export type AddressWish = Omit<AddUrl, 'url'>;

/** What became of several addresses; `error` is of the first that was refused. */
export interface AddedAddresses {
  readonly added: readonly Download[];
  readonly refused: readonly string[];
  readonly error: unknown;
}

/** What was added: `clip.mxf added`, `3 downloads added`. */
export function addedWords(added: readonly Pick<Download, 'fileName'>[]): string {
  return added.length === 1 ? `${added[0]?.fileName} added` : `${formatNumber(added.length)} downloads added`;
}

/** Adds addresses one after another; one that is refused keeps none of the others from being added. */
export async function addAddresses(
  addUrl: (input: AddUrl) => Promise<Download>,
  urls: readonly string[],
  wish: AddressWish,
): Promise<AddedAddresses> {
  const added: Download[] = [];
  const refused: string[] = [];
  let error: unknown = null;
  for (const url of urls) {
    try {
      added.push(await addUrl({ ...wish, url }));
    } catch (problem) {
      refused.push(url);
      error ??= problem;
    }
  }
  return { added, refused, error };
}

/** Adds addresses and tells of those that were added; `onSettled` hears of all. */
export function useAddAddresses(onSettled: (result: AddedAddresses) => void) {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: ({ urls, wish }: { urls: readonly string[]; wish: AddressWish }) =>
      addAddresses((input) => client.downloads.addUrl(input), urls, wish),
    onSuccess: async (result) => {
      await queryClient.invalidateQueries({ queryKey: queries.downloads.key() });
      if (result.added.length > 0) toasts.show({ text: addedWords(result.added) });
      onSettled(result);
    },
  });
}
