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
} from 'react';
import type { Hit } from '../../../../shared/contract/search.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatDay } from '../../lib/format.ts';
import { isTyping } from '../../ui/is-typing.ts';

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

/** One field for everything: type for suggestions, Enter for all results, `/` to get here. */
export function SearchField(): ReactNode {
  const id = useId();
  const navigate = useNavigate();
  const openHit = useOpenHit();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { grouped, settled } = useHits(text);
  const flat = grouped.flatMap((group) => group.hits);

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
  }, []);

  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (hit: Hit): void => {
    close();
    setText('');
    field.current?.blur();
    openHit(hit, text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (open) close();
      else field.current?.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (flat.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // -1 is the field itself, so the round has one place more than there are hits.
      setActive(((active + 1 + step + flat.length + 1) % (flat.length + 1)) - 1);
    } else if (event.key === 'Enter' && text.trim() !== '') {
      const hit = flat[active];
      if (hit !== undefined) {
        choose(hit);
        return;
      }
      close();
      void navigate({ to: '/search', search: { q: text.trim() } });
    }
  };
  const shown = open && text.trim() !== '';

  return (
    <search className="search">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="text"
        className="input"
        role="combobox"
        aria-label="Search everything"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(shown && active >= 0 && { 'aria-activedescendant': `${id}-${active}` })}
        placeholder="Search catalogue, library and events"
        autoComplete="off"
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <kbd className="kbd search-key" aria-hidden>
        /
      </kbd>
      {shown && (
        <div className="search-hits" id={`${id}-list`} role="listbox" aria-label="Suggestions">
          {grouped.map(({ kind, title, icon: Icon, hits }) => (
            <div key={kind} role="group" aria-label={title}>
              <div className="search-group">{title}</div>
              {hits.map((hit) => {
                const index = flat.indexOf(hit);
                return (
                  <div
                    key={hit.id}
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === active}
                    tabIndex={-1}
                    className="search-hit"
                    // Not on entering: a list that opens under a resting pointer must not change what Enter does.
                    onPointerMove={() => setActive(index)}
                    // Before the field loses the focus and the list with it.
                    onPointerDown={(event) => {
                      event.preventDefault();
                      choose(hit);
                    }}
                  >
                    <Icon size={15} aria-hidden />
                    <span className="truncate spacer">{hit.title}</span>
                    <span className="field-note number">{hit.day === null ? '' : formatDay(hit.day)}</span>
                  </div>
                );
              })}
            </div>
          ))}
          <p className="search-foot">
            {settled && flat.length === 0 ? (
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
