import { useState, type PointerEvent } from 'react';

/** An option of a list that opens under a field. The key stays the same while the list changes around it. */
export interface Option {
  readonly key: string;
  readonly take: () => void;
}

/**
 * The chosen option of a list under a field that keeps the focus (a combobox). It is known by its key: an option that
 * comes before it while somebody chooses does not change what Enter takes.
 */
export function useChoice(listId: string, { open, options }: { open: boolean; options: readonly Option[] }) {
  const [key, setKey] = useState<string | null>(null);
  const active = open ? options.findIndex((option) => option.key === key) : -1;
  const idOf = (index: number): string => `${listId}-${index}`;
  return {
    chosen: options[active],
    forget: () => setKey(null),
    /** To the next or the one before; the field itself is one place of the round. */
    step: (by: 1 | -1): void => {
      const places = options.length + 1;
      const next = ((active + 1 + by + places) % places) - 1;
      setKey(options[next]?.key ?? null);
      document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' });
    },
    field: {
      role: 'combobox',
      'aria-expanded': open,
      'aria-controls': listId,
      'aria-autocomplete': 'list',
      autoComplete: 'off',
      ...(active >= 0 && { 'aria-activedescendant': idOf(active) }),
    } as const,
    /** What an option's element has. */
    option: (optionKey: string) => {
      const index = options.findIndex((option) => option.key === optionKey);
      return {
        id: idOf(index),
        role: 'option',
        'aria-selected': index === active,
        tabIndex: -1,
        // Not on entering: a list that opens under a resting pointer must not change what Enter does.
        onPointerMove: () => setKey(optionKey),
        // Before the field loses the focus and the list with it.
        onPointerDown: (event: PointerEvent) => {
          event.preventDefault();
          if (event.button === 0) options[index]?.take();
        },
      } as const;
    },
  };
}

/** What `useChoice` gives. */
export type Choice = ReturnType<typeof useChoice>;
