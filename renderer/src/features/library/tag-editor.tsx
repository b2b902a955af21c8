import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Star } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClipRow } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import { sharedValue } from '../../lib/selection.ts';
import { labelColours, labelNames } from '../../lib/vocabulary.ts';
import { EventPicker } from '../../ui/event-picker.tsx';
import { TextArea } from '../../ui/field.tsx';
import { DayField } from '../../ui/picked-field.tsx';
import { TagField } from '../../ui/tag-field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import type { ClipChange, Tagging } from './use-tagging.ts';

interface EditorProps {
  readonly clips: readonly ClipRow[];
  readonly tagging: Tagging;
}

function tagsOf(clips: readonly ClipRow[]): { name: string; partly: boolean }[] {
  const counts = new Map<string, number>();
  for (const clip of clips) for (const tag of clip.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, partly: count < clips.length }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function RatingField(props: { rating: number | null; onChange: (rating: number) => void }): ReactNode {
  return (
    <div className="field" role="group" aria-label="Rating">
      <span className="field-label" aria-hidden>
        Rating {props.rating === null && <span className="muted">(mixed)</span>}
      </span>
      <div className="row rating">
        {[1, 2, 3, 4, 5].map((stars) => {
          const on = props.rating !== null && props.rating >= stars;
          return (
            <button
              key={stars}
              type="button"
              className={on ? 'star star-on' : 'star'}
              aria-label={`Rate ${stars}`}
              aria-pressed={props.rating === stars}
              // The same star again takes the rating away.
              onClick={() => props.onChange(props.rating === stars ? 0 : stars)}
            >
              <Star size={18} aria-hidden fill={on ? 'currentColor' : 'none'} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

function LabelField(props: {
  label: ClipRow['label'] | 'mixed';
  onChange: (label: ClipRow['label']) => void;
}): ReactNode {
  return (
    <div className="field" role="group" aria-label="Label">
      <span className="field-label" aria-hidden>
        Label {props.label === 'mixed' && <span className="muted">(mixed)</span>}
      </span>
      <div className="row labels">
        {labelColours.map((colour) => (
          <button
            key={colour}
            type="button"
            className={`label-choice label-${colour}`}
            aria-label={`Label ${labelNames[colour]}`}
            title={labelNames[colour]}
            aria-pressed={props.label === colour}
            onClick={() => props.onChange(props.label === colour ? null : colour)}
          />
        ))}
      </div>
    </div>
  );
}

function NoteField(props: { note: string | null; onSave: (note: string) => void }): ReactNode {
  const [text, setText] = useState(props.note ?? '');
  return (
    <TextArea
      label="Note"
      placeholder={props.note === null ? 'Mixed: typing replaces all' : ''}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text !== (props.note ?? '')) props.onSave(text);
      }}
    />
  );
}

/** Event, day, tags, rating, label and note of one clip or of many; a change is applied at once. */
export function TagEditor({ clips, tagging }: EditorProps): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const known = useQuery(queries.tags.list.queryOptions()).data?.tags ?? [];
  const ids = clips.map((clip) => clip.id);
  const change = (what: ClipChange): void => tagging.apply(ids, what);
  const create = useMutation(
    queries.events.create.mutationOptions({
      onSuccess: async (event) => {
        await queryClient.invalidateQueries({ queryKey: queries.events.key() });
        change({ eventId: event.id });
      },
      onError: toasts.fail,
    }),
  );

  const event = sharedValue(
    clips.map((clip) => clip.eventId),
    null,
  );
  const day = sharedValue(
    clips.map((clip) => clip.day),
    null,
  );
  const rating = sharedValue(
    clips.map((clip) => clip.rating),
    0,
  );
  const label = sharedValue<ClipRow['label']>(
    clips.map((clip) => clip.label),
    null,
  );
  const note = sharedValue(
    clips.map((clip) => clip.note),
    '',
  );
  const noteText = note.kind === 'same' ? note.value : null;

  return (
    <div className="stack">
      <EventPicker
        label="Event"
        placeholder={event.kind === 'mixed' ? 'Mixed' : 'No event'}
        value={event.kind === 'same' ? event.value : null}
        onChange={(eventId) => change({ eventId })}
        onCreate={(title) =>
          create.mutate({ title, ...(day.kind === 'same' && { firstDay: day.value, lastDay: day.value }) })
        }
      />
      <DayField
        label={day.kind === 'mixed' ? 'Day (mixed)' : 'Day'}
        value={day.kind === 'same' ? (day.value ?? '') : ''}
        onChange={(next) => change({ day: next })}
      />
      <TagField
        label="Tags"
        tags={tagsOf(clips)}
        suggestions={known.map((tag) => tag.name)}
        onAdd={(tag) => change({ add: [tag] })}
        onRemove={(tag) => change({ remove: [tag] })}
      />
      <div className="row row-wrap rating-row">
        <RatingField
          rating={rating.kind === 'same' ? rating.value : null}
          onChange={(stars) => change({ rating: stars })}
        />
        <LabelField
          label={label.kind === 'same' ? label.value : 'mixed'}
          onChange={(colour) => change({ label: colour })}
        />
      </div>
      <NoteField
        key={`${ids.join(' ')} ${noteText ?? ''}`}
        note={noteText}
        onSave={(text) => change({ note: text })}
      />
    </div>
  );
}
