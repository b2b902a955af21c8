import { useNavigate } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { compact, type CatalogueSearch } from '../../lib/search-params.ts';
import { Button } from '../../ui/button.tsx';

/** The board of what is new: usable, and nothing of it is here or on its way. */
export function BoardToggle({ search }: { search: CatalogueSearch }): ReactNode {
  const navigate = useNavigate();
  const on = search.held === 'none' && search.status === 'usable';
  const next = on
    ? { held: undefined, status: undefined }
    : { held: 'none' as const, status: 'usable' as const };
  return (
    <Button
      small
      icon={Sparkles}
      aria-pressed={on}
      variant={on ? 'primary' : 'quiet'}
      onClick={() =>
        void navigate({ to: '/catalogue', search: compact({ ...search, ...next }), replace: true })
      }
    >
      Not downloaded yet
    </Button>
  );
}

/** By day, or by how well it fits the words: offered where there are words. */
export function OrderToggle({ search }: { search: CatalogueSearch }): ReactNode {
  const navigate = useNavigate();
  if (search.query === undefined) return null;
  const byFit = search.order === 'relevance';
  return (
    <Button
      small
      variant="quiet"
      aria-pressed={byFit}
      onClick={() =>
        void navigate({
          to: '/catalogue',
          search: compact({ ...search, order: byFit ? undefined : ('relevance' as const) }),
          replace: true,
        })
      }
    >
      {byFit ? 'Best fit first' : 'Newest first'}
    </Button>
  );
}
