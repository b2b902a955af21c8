import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CheckCheck, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { usePages } from '../../lib/use-pages.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';
import { CheckField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { NoticeCard } from '../../ui/notice-card.tsx';
import { useSeen } from '../../ui/notice-notes.tsx';
import { Screen } from '../../ui/screen.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';

const route = getRouteApi('/notices');
const pageSize = 50;

/** Kills, corrections and other changes of items that are held here. Files are never touched: a person decides. */
export function NoticesScreen(): ReactNode {
  const { queries } = useCore();
  const navigate = useNavigate();
  const all = route.useSearch().show === 'all';
  const seen = useSeen();
  const list = useInfiniteQuery({
    ...queries.notices.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        open: !all,
        limit: pageSize,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
    placeholderData: (previous) => previous,
  });
  const pages = usePages(list);
  const open = pages.items.filter((notice) => notice.acknowledgedAtMs === null);
  return (
    <Screen
      title="Notices"
      note="What sources have said since of what is held here. No file is ever changed by it."
      actions={
        <>
          <CheckField
            label="Seen ones too"
            checked={all}
            onChange={(show) =>
              void navigate({ to: '/notices', search: show ? { show: 'all' } : {}, replace: true })
            }
          />
          <Button
            icon={CheckCheck}
            disabled={open.length === 0}
            onClick={() => seen(open.map((notice) => notice.id))}
          >
            All seen
          </Button>
        </>
      }
    >
      <div className="screen-body">
        {pages.error !== null && <ErrorNote error={pages.error} />}
        {pages.isPending && pages.error === null && <Loading label="Reading the notices…" />}
        {!pages.isPending && pages.items.length === 0 && (
          <EmptyState icon={ShieldCheck} title={all ? 'No notice yet' : 'Nothing to look at'}>
            <p className="muted">
              When a source withdraws, kills or corrects something that you hold, it is told here, with the
              clips that were made of it.
            </p>
          </EmptyState>
        )}
        <div className="notice-list">
          {pages.items.map((notice) => (
            <NoticeCard key={notice.id} notice={notice} onSeen={() => seen([notice.id])} />
          ))}
          {list.hasNextPage && (
            <div>
              <Button onClick={pages.loadMore}>Show more</Button>
            </div>
          )}
        </div>
      </div>
      <StatusFacts>
        <span>{formatCount(pages.total, 'notice')}</span>
      </StatusFacts>
    </Screen>
  );
}
