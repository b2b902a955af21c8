import { useQuery } from '@tanstack/react-query';
import { useState, type RefObject, type SyntheticEvent } from 'react';
import { flushSync } from 'react-dom';
import { complete, completionAt } from '../../../shared/domain/search/completion.ts';
import {
  askedFieldOf,
  completionsKnown,
  worthOffering,
  type AskedField,
  type Completion,
} from '../../../shared/domain/search/completion-values.ts';
import { useCore } from '../lib/app-context.tsx';
import { toLocalField } from '../lib/local-moment.ts';
import type { Option } from './use-choice.ts';
import { useMinute } from './use-minute.ts';

const mostAsked = 8;
const mostKnown = 20;
const longestAsked = 200;

/** What the newest assets have in a field; the last answer stays until the next is there. */
function useAsked(field: AskedField | null, typed: string): readonly Completion[] {
  const { client } = useCore();
  const text = typed.slice(0, longestAsked);
  const asked = useQuery({
    queryKey: ['completions', field, text],
    queryFn: async ({ signal }) => {
      if (field === null) return null;
      const { items } = await client.catalogue.suggest({ field, text, limit: mostAsked }, { signal });
      return { field, items: items.map((item): Completion => ({ ...item, note: null })) };
    },
    enabled: field !== null,
    // Of another field it would be a list of wrong names.
    placeholderData: (previous) => (previous?.field === field ? previous : undefined),
  });
  return asked.data?.items ?? [];
}

/**
 * The completions of a query that is being typed in a field, and the way to take one.
 *
 * @param edit is told the text with the completion in it.
 */
export function useCompletions(props: {
  input: RefObject<HTMLInputElement | null>;
  enabled: boolean;
  text: string;
  edit: (text: string) => void;
}) {
  const { input, text } = props;
  const { queries } = useCore();
  const [caret, setCaret] = useState<number | null>(null);
  const at = props.enabled && caret !== null ? completionAt(text, caret) : null;
  const field = askedFieldOf(at);
  const asked = useAsked(field, at?.typed ?? '');
  const sources = useQuery({
    ...queries.sources.list.queryOptions(),
    enabled: at?.kind === 'value' && at.field === 'source',
  }).data?.sources;
  const known = {
    today: toLocalField(useMinute()).slice(0, 10),
    sources: sources?.map(({ name }) => name) ?? [],
  };
  const items =
    at === null
      ? []
      : worthOffering(at, field === null ? completionsKnown(at, known) : asked).slice(0, mostKnown);

  const take = (value: string): void => {
    if (at === null) return;
    const done = complete(text, at, value);
    // The caret can only be put where the text is already.
    flushSync(() => props.edit(done.text));
    input.current?.setSelectionRange(done.caret, done.caret);
    setCaret(done.caret);
  };
  const options: (Option & Completion)[] = items.map((item) => ({
    ...item,
    key: `completion ${item.value}`,
    take: () => take(item.value),
  }));
  return {
    /** The heading they stand under. */
    title: at === null ? '' : titleOf(at),
    options,
    /** Tab takes a completion; of anything else it goes away, as everywhere. */
    isOne: (option: Option | undefined): boolean => options.some(({ key }) => key === option?.key),
    /** To be told whenever the text or the caret is another. */
    follow: ({ currentTarget }: SyntheticEvent<HTMLInputElement>): void => {
      const { selectionStart, selectionEnd } = currentTarget;
      setCaret(selectionStart === selectionEnd ? selectionStart : null);
    },
  };
}

/** What `useCompletions` gives. */
export type Completions = ReturnType<typeof useCompletions>;

const titles = {
  person: 'People in the newest assets',
  organisation: 'Organisations in the newest assets',
  place: 'Places of the newest assets',
  country: 'Countries of the newest assets',
  tag: 'Keywords of the newest assets',
  event: 'Events of the newest assets',
  day: 'Days',
  status: 'Status',
  version: 'Version',
  source: 'Sources',
  has: 'What it has',
  is: 'What it is',
} as const;

function titleOf(at: NonNullable<ReturnType<typeof completionAt>>): string {
  return at.kind === 'field' ? 'Search in' : titles[at.field];
}
