import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Event } from '../../../../shared/contract/events.ts';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { DayField } from '../../ui/picked-field.tsx';

interface EventDialogProps {
  readonly event: Event | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved: (event: Event) => void;
}

/** Creates an event, or changes the one that is given. */
export function EventDialog(props: EventDialogProps): ReactNode {
  return (
    <AppDialog
      title={props.event === null ? 'New event' : 'Edit event'}
      isOpen={props.isOpen}
      onClose={props.onClose}
    >
      <EventForm {...props} />
    </AppDialog>
  );
}

function EventForm({ event, onClose, onSaved }: EventDialogProps): ReactNode {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const first = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState(event?.title ?? '');
  const [firstDay, setFirstDay] = useState(event?.firstDay ?? null);
  const [lastDay, setLastDay] = useState(event?.lastDay ?? null);
  const [place, setPlace] = useState(event?.place ?? '');
  const [summary, setSummary] = useState(event?.summary ?? '');
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const fields = {
        title: title.trim(),
        firstDay,
        lastDay: lastDay ?? firstDay,
        place: place.trim() === '' ? null : place.trim(),
        summary: summary.trim() === '' ? null : summary.trim(),
      };
      return event === null
        ? client.events.create(fields)
        : client.events.update({ id: event.id, ...fields });
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: queries.events.key() });
      onSaved(saved);
    },
  });
  // The dialog was opened to type the title.
  useEffect(() => first.current?.focus(), []);
  // Days are text of one fixed shape, so the order of the text is the order of the days.
  const backwards = firstDay !== null && lastDay !== null && lastDay < firstDay;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setTried(true);
        // Days that nobody understands say so themselves.
        if (title.trim() !== '' && !backwards && submitted.currentTarget.checkValidity()) save.mutate();
      }}
    >
      <TextField
        label="Title"
        ref={first}
        value={title}
        error={tried && title.trim() === '' ? 'Enter a title.' : null}
        onChange={(changed) => setTitle(changed.target.value)}
      />
      <div className="row event-days">
        <DayField label="First day" value={firstDay ?? ''} onChange={setFirstDay} />
        <DayField label="Last day" value={lastDay ?? ''} onChange={setLastDay} />
      </div>
      {backwards && (
        <p className="field-error" role="alert">
          The last day is before the first day.
        </p>
      )}
      <TextField label="Place" value={place} onChange={(changed) => setPlace(changed.target.value)} />
      <TextArea label="Summary" value={summary} onChange={(changed) => setSummary(changed.target.value)} />
      {save.error !== null && <ErrorNote error={save.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={save.isPending}>
          {save.isPending ? 'Saving…' : event === null ? 'Create event' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
