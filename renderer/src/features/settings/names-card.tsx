import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { insertToken } from './insert-token.ts';
import { NamesPreview } from './names-preview.tsx';
import { SettingsCard, type CardProps } from './settings-card.tsx';

type Which = 'folderTemplate' | 'nameTemplate';

/** How folders and files are called, with what comes of it for real assets. */
export function NamesCard({ settings, onChange }: CardProps): ReactNode {
  const { queries } = useCore();
  const fields = useRef<Partial<Record<Which, HTMLInputElement | null>>>({});
  const last = useRef<Which>('nameTemplate');
  const [draft, setDraft] = useState<Record<Which, string>>(settings);
  const [seen, setSeen] = useState(settings);
  if (seen !== settings) {
    setSeen(settings);
    // What is saved elsewhere replaces a draft only where it differs from what was shown before.
    for (const which of ['folderTemplate', 'nameTemplate'] as const)
      if (seen[which] !== settings[which]) setDraft((now) => ({ ...now, [which]: settings[which] }));
  }
  const { folderTemplate, nameTemplate } = draft;
  const input = useDeferredValue({ folderTemplate, nameTemplate });
  const preview = useQuery({
    ...queries.places.preview.queryOptions({ input }),
    placeholderData: keepPreviousData,
  });
  const problems = preview.data?.problems;
  const changed = folderTemplate !== settings.folderTemplate || nameTemplate !== settings.nameTemplate;
  const broken = problems?.folderTemplate != null || problems?.nameTemplate != null;

  const insert = (token: string): void => {
    const which = last.current;
    const field = fields.current[which];
    const at = insertToken(draft[which], token, {
      start: field?.selectionStart ?? draft[which].length,
      end: field?.selectionEnd ?? draft[which].length,
    });
    setDraft({ ...draft, [which]: at.text });
    // The caret is set once the field shows the new text.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at.caret, at.caret);
    });
  };
  const shared = (which: Which) => ({
    className: 'mono',
    spellCheck: false,
    value: draft[which],
    error: problems?.[which]?.message ?? null,
    ref: (element: HTMLInputElement | null) => {
      fields.current[which] = element;
    },
    onFocus: () => {
      last.current = which;
    },
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [which]: event.target.value }),
  });

  return (
    <SettingsCard
      section="names"
      title="Names and places"
      note="How new downloads are named and which folders they go into. Files that are here already are never renamed."
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !broken) onChange({ folderTemplate, nameTemplate });
        }}
      >
        <TextField
          label="Folders below the download folder"
          placeholder="None: all in the download folder"
          {...shared('folderTemplate')}
        />
        <TextField label="File name, without its extension" {...shared('nameTemplate')} />
        <TokenChips tokens={preview.data?.tokens ?? []} onInsert={insert} />
        {preview.error !== null && <ErrorNote error={preview.error} />}
        {preview.data !== undefined && <NamesPreview examples={preview.data.examples} />}
        <div className="row">
          <Button type="submit" small variant="primary" disabled={!changed || broken}>
            Save names
          </Button>
          {changed && (
            <Button small onClick={() => setDraft(settings)}>
              Take back
            </Button>
          )}
        </div>
      </form>
    </SettingsCard>
  );
}

function TokenChips(props: {
  tokens: readonly { token: string; means: string }[];
  onInsert: (token: string) => void;
}): ReactNode {
  if (props.tokens.length === 0) return null;
  return (
    <div className="field" role="group" aria-label="Tokens: a click inserts one">
      <span className="field-label">Tokens</span>
      <div className="row row-wrap token-chips">
        {props.tokens.map(({ token, means }) => (
          <button
            key={token}
            type="button"
            className="button button-small mono"
            title={means}
            onClick={() => props.onInsert(token)}
          >
            {`{${token.replace(/^\{|\}$/g, '')}}`}
          </button>
        ))}
      </div>
    </div>
  );
}
