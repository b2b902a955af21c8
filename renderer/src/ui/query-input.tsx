import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { CompletionGroup } from './completion-group.tsx';
import { SearchFrame, type SearchInputProps } from './search-input.tsx';
import { useChoice } from './use-choice.ts';
import { useCompletions } from './use-completions.ts';
import { useRestedText } from './use-rested-text.ts';

/** A text filter for a query: fields and their values are completed as they are typed. */
export function QueryInput(props: SearchInputProps): ReactNode {
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useRestedText(props.value, props.onChange);
  const [open, setOpen] = useState(false);
  const edit = (next: string): void => {
    setText(next);
    choice.forget();
  };
  const completions = useCompletions({ input: field, enabled: open, text, edit });
  const shown = completions.options.length > 0;
  const choice = useChoice(listId, { open: shown, options: completions.options });

  const close = (): void => {
    setOpen(false);
    choice.forget();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // What an input method is composing is its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      choice.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && shown) {
      // Else the browser would empty the field.
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      if (choice.chosen === undefined) {
        close();
        return;
      }
      event.preventDefault();
      choice.chosen.take();
    }
  };
  return (
    <SearchFrame label={props.label} onClear={text === '' ? null : () => setText('')}>
      <input
        ref={field}
        type="search"
        className="input"
        {...choice.field}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onBlur={close}
        onChange={(event) => {
          edit(event.target.value);
          completions.follow(event);
          setOpen(true);
        }}
        onSelect={completions.follow}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div className="option-list" id={listId} role="listbox" aria-label="Completions">
          <CompletionGroup completions={completions} choice={choice} />
          <p className="option-foot">
            <kbd className="kbd">↓</kbd> to choose, <kbd className="kbd">Tab</kbd> to take
          </p>
        </div>
      )}
    </SearchFrame>
  );
}
