import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarDays, Clapperboard, Film, Search } from 'lucide-react';
import {
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import type { Hit } from '../../../../shared/contract/search.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatDay } from '../../lib/format.ts';
import { CompletionGroup } from '../../ui/completion-group.tsx';
import { isTyping } from '../../ui/is-typing.ts';
import { useChoice } from '../../ui/use-choice.ts';
import { useCompletions } from '../../ui/use-completions.ts';

const groups = [
  { kind: 'asset', title: 'Catalogue', icon: Clapperboard },
  { kind: 'clip', title: 'Library', icon: Film },
  { kind: 'event', title: 'Events', icon: CalendarDays },
] as const;

const perGroup = 5;

function useHits(text: string) {
  const { queries } = useCore();
  const query = useDeferredValue(text.trim());
  const found = useQuery({
    ...queries.search.find.queryOptions({ input: { query, in: 'all', limit: 60 } }),
    enabled: query !== '',
    placeholderData: (previous) => previous,
  });
  const items = query === '' ? [] : (found.data?.items ?? []);
  const grouped = groups.map((group) => ({
    ...group,
    hits: items.filter((hit) => hit.kind === group.kind).slice(0, perGroup),
  }));
  return {
    grouped: grouped.filter((group) => group.hits.length > 0),
    settled: query !== '' && found.isSuccess,
  };
}

function useOpenHit() {
  const navigate = useNavigate();
  return (hit: Hit, text: string): void => {
    if (hit.kind === 'asset')
      void navigate({
        to: '/asset/$assetId',
        params: { assetId: hit.id },
        search: hit.line === null ? {} : { at: text },
      });
    else if (hit.kind === 'event') void navigate({ to: '/event/$eventId', params: { eventId: hit.id } });
    else void navigate({ to: '/library', search: { clip: hit.id } });
  };
}

/** Brings the focus to the field when `/` is pressed and nothing is being typed elsewhere. */
function useSlash(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field]);
}

/** One field for everything: type for completions and hits, Enter for all results, `/` to get here. */
export function SearchField(): ReactNode {
  const listId = useId();
  const navigate = useNavigate();
  const openHit = useOpenHit();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const { grouped, settled } = useHits(text);
  const edit = (next: string): void => {
    setText(next);
    choice.forget();
  };
  const completions = useCompletions({ input: field, enabled: open, text, edit });
  const hits = grouped.flatMap((group) => group.hits);
  const shown = open && text.trim() !== '';
  const choice = useChoice(listId, {
    open: shown,
    options: [...completions.options, ...hits.map((hit) => ({ key: keyOf(hit), take: () => takeHit(hit) }))],
  });
  useSlash(field);

  const close = (): void => {
    setOpen(false);
    choice.forget();
  };
  const takeHit = (hit: Hit): void => {
    close();
    setText('');
    field.current?.blur();
    openHit(hit, text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // What an input method is composing is its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      if (open) close();
      else field.current?.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      choice.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Tab' && !event.shiftKey && completions.isOne(choice.chosen)) {
      event.preventDefault();
      choice.chosen?.take();
    } else if (event.key === 'Enter' && text.trim() !== '') {
      if (choice.chosen !== undefined) {
        choice.chosen.take();
        return;
      }
      close();
      void navigate({ to: '/search', search: { q: text.trim() } });
    }
  };

  return (
    <search className="search">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="text"
        className="input"
        {...choice.field}
        aria-label="Search everything"
        placeholder="Search catalogue, library and events"
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onChange={(event) => {
          edit(event.target.value);
          completions.follow(event);
          setOpen(true);
        }}
        onSelect={completions.follow}
        onKeyDown={onKeyDown}
      />
      <kbd className="kbd search-key" aria-hidden>
        /
      </kbd>
      {shown && (
        <div className="option-list" id={listId} role="listbox" aria-label="Suggestions">
          <CompletionGroup completions={completions} choice={choice} />
          {grouped.map(({ kind, title, icon: Icon, hits: found }) => (
            <div key={kind} role="group" aria-label={title}>
              <div className="option-group">{title}</div>
              {found.map((hit) => (
                <div key={hit.id} {...choice.option(keyOf(hit))} className="option-row">
                  <Icon size={15} aria-hidden />
                  <span className="truncate spacer">{hit.title}</span>
                  <span className="field-note number">{hit.day === null ? '' : formatDay(hit.day)}</span>
                </div>
              ))}
            </div>
          ))}
          <p className="option-foot">
            {settled && hits.length === 0 && completions.options.length === 0 ? (
              'Nothing fits. Try fewer words, a place, a name or a day.'
            ) : (
              <>
                <kbd className="kbd">Enter</kbd> for all results
              </>
            )}
          </p>
        </div>
      )}
    </search>
  );
}

const keyOf = ({ kind, id }: Hit): string => `${kind} ${id}`;
