import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button as AriaButton, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Event } from '../../../shared/contract/events.ts';
import type { EventId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { formatDays } from '../lib/format.ts';
import { IconButton } from './button.tsx';
import './event-picker.css';

interface EventPickerProps {
  readonly label: string;
  readonly value: EventId | string | null;
  readonly placeholder?: string;
  readonly onChange: (id: EventId | null) => void;
  /** When given, a typed title that is not there yet can be made an event. */
  readonly onCreate?: (title: string) => void;
}

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly event: Event | null;
}

const most = 60;
const createId = 'create';

function choicesFor(events: readonly Event[], typed: string, canCreate: boolean): Choice[] {
  const words = typed.trim().toLowerCase();
  const found = events
    .filter((event) => event.title.toLowerCase().includes(words))
    .slice(0, most)
    .map((event) => ({
      id: event.id,
      title: event.title,
      note: [formatDays(event.firstDay, event.lastDay), event.place].filter(Boolean).join(' · '),
      event,
    }));
  const exact = events.some((event) => event.title.toLowerCase() === words);
  if (!canCreate || words === '' || exact) return found;
  return [
    ...found,
    { id: createId, title: `Create event “${typed.trim()}”`, note: 'New event', event: null },
  ];
}

/** Picks an event by typing a part of its title. */
export function EventPicker(props: EventPickerProps): ReactNode {
  const { queries } = useCore();
  const events = useQuery(queries.events.list.queryOptions({ input: {} })).data?.events ?? [];
  const chosen = events.find((event) => event.id === props.value) ?? null;
  const title = chosen?.title ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const choices = choicesFor(
    events,
    typed === null || typed === title ? '' : typed,
    props.onCreate !== undefined,
  );

  return (
    <ComboBox
      className="field combo"
      menuTrigger="focus"
      allowsEmptyCollection
      items={choices}
      inputValue={typed ?? title}
      onInputChange={setTyped}
      selectedKey={chosen?.id ?? null}
      onOpenChange={(open) => {
        if (!open) setTyped(null);
      }}
      onBlur={() => setTyped(null)}
      onSelectionChange={(key) => {
        if (key === null) return;
        const text = typed ?? '';
        setTyped(null);
        if (key === createId) props.onCreate?.(text.trim());
        else props.onChange(choices.find((choice) => choice.id === key)?.event?.id ?? null);
      }}
      aria-label={props.label}
    >
      <span className="field-label" aria-hidden>
        {props.label}
      </span>
      <div className="combo-box">
        <Input className="input" placeholder={props.placeholder ?? 'Any event'} />
        {chosen === null ? (
          <AriaButton
            className="button button-quiet button-icon button-small"
            aria-label={`Show ${props.label} choices`}
          >
            <ChevronsUpDown size={14} aria-hidden />
          </AriaButton>
        ) : (
          <IconButton small icon={X} label={`Clear ${props.label}`} onClick={() => props.onChange(null)} />
        )}
      </div>
      <Popover className="popover">
        <ListBox<Choice> renderEmptyState={() => <p className="option muted">No event fits.</p>}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.title} className="option">
              <span className="truncate">{choice.title}</span>
              <span className="field-note truncate">{choice.note}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
