import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import './tag-field.css';

interface TagFieldProps {
  readonly label: string;
  readonly tags: readonly { readonly name: string; readonly partly: boolean }[];
  readonly suggestions: readonly string[];
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
}

const most = 8;

/** Tags as tokens with a field to type more; Enter or a comma adds, Backspace in an empty field removes the last. */
export function TagField(props: TagFieldProps): ReactNode {
  const id = useId();
  const [text, setText] = useState('');
  const have = new Set(props.tags.map((tag) => tag.name.toLowerCase()));
  const words = text.trim().toLowerCase();
  const shown =
    words === ''
      ? []
      : props.suggestions
          .filter((name) => name.toLowerCase().includes(words) && !have.has(name.toLowerCase()))
          .slice(0, most);

  const add = (name: string): void => {
    const clean = name.trim();
    setText('');
    if (clean !== '') props.onAdd(clean);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '') {
      const last = props.tags.at(-1);
      if (last) props.onRemove(last.name);
    } else if (event.key === 'Escape') {
      setText('');
    }
  };

  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="tag-field">
        {props.tags.map((tag) => (
          <span key={tag.name} className={tag.partly ? 'chip chip-partly' : 'chip'}>
            {tag.name}
            {tag.partly && <span className="visually-hidden"> (only some)</span>}
            <button
              type="button"
              aria-label={`Remove tag ${tag.name}`}
              onClick={() => props.onRemove(tag.name)}
            >
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          placeholder={props.tags.length === 0 ? 'Add a tag' : ''}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {shown.length > 0 && (
        <ul className="tag-suggestions" aria-label="Suggested tags">
          {shown.map((name) => (
            <li key={name}>
              <button type="button" className="chip chip-suggestion" onClick={() => add(name)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
