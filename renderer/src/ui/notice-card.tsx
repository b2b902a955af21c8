import { Link } from '@tanstack/react-router';
import { Check, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Notice, NoticeChange, NoticeHolder } from '../../../shared/contract/notices.ts';
import { formatTime } from '../lib/format.ts';
import { factNames, noticeNames } from '../lib/vocabulary.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import './notice-card.css';

const looks = {
  stop: { tone: 'bad', icon: CircleAlert },
  look: { tone: 'warn', icon: TriangleAlert },
  know: { tone: 'info', icon: Info },
} as const;

const times: ReadonlySet<string> = new Set(['embargoUntilMs', 'expiresAtMs']);

function side(field: string, value: string | null): string {
  if (value === null) return 'nothing';
  return times.has(field) ? formatTime(Number(value)) : value;
}

function ChangeLine({ change }: { change: NoticeChange }): ReactNode {
  return (
    <>
      <dt>{factNames[change.field] ?? change.field}</dt>
      <dd>
        <del>{side(change.field, change.before)}</del> <span aria-hidden>→</span>{' '}
        <ins>{side(change.field, change.after)}</ins>
      </dd>
    </>
  );
}

function HolderLine({ holder }: { holder: NoticeHolder }): ReactNode {
  if (holder.kind === 'download')
    return (
      <li>
        <Link to="/downloads" search={{ tab: 'all' }}>
          {holder.title}
        </Link>{' '}
        <span className="muted">download, {holder.state}</span>
      </li>
    );
  return (
    <li>
      <Link to="/library" search={{ clip: holder.id }}>
        {holder.title}
      </Link>
      {holder.eventTitle !== null && <span className="muted"> · {holder.eventTitle}</span>}
      {holder.tags.length > 0 && <span className="muted"> · {holder.tags.join(', ')}</span>}
      {holder.paths.map((path) => (
        <div key={path} className="field-note mono notice-path">
          {path}
        </div>
      ))}
    </li>
  );
}

/** What a source says of an item that is held here: its words, what changed, and who holds it. */
export function NoticeCard(props: {
  notice: Notice;
  /** Beside what it is about, which needs not be named again. */
  inPlace?: boolean;
  onSeen: (() => void) | null;
}): ReactNode {
  const { notice } = props;
  const { tone, icon } = looks[notice.severity];
  return (
    <article
      className={`notice notice-${notice.severity}`}
      aria-label={`${noticeNames[notice.kind]}: ${notice.title}`}
    >
      <header className="row row-wrap">
        <Badge tone={tone} icon={icon}>
          {noticeNames[notice.kind]}
        </Badge>
        {props.inPlace !== true && (
          <Link to="/asset/$assetId" params={{ assetId: notice.assetId }} className="notice-title">
            {notice.title}
          </Link>
        )}
        <span className="muted small number">
          {notice.sourceName} · {formatTime(notice.atMs)}
        </span>
        <span className="spacer" />
        {props.onSeen !== null && notice.acknowledgedAtMs === null && (
          <Button small icon={Check} onClick={props.onSeen}>
            Seen
          </Button>
        )}
        {notice.acknowledgedAtMs !== null && (
          <span className="muted small">Seen {formatTime(notice.acknowledgedAtMs)}</span>
        )}
      </header>
      {notice.text !== null && <blockquote className="notice-words">{notice.text}</blockquote>}
      {notice.changes.length > 0 && (
        <dl className="facts notice-changes">
          {notice.changes.map((change) => (
            <ChangeLine key={change.field} change={change} />
          ))}
        </dl>
      )}
      {props.inPlace === true ? null : notice.holders.length === 0 ? (
        <p className="muted small">Nothing of it is held here any more.</p>
      ) : (
        <div>
          <p className="notice-held">Held here</p>
          <ul className="notice-holders">
            {notice.holders.map((holder) => (
              <HolderLine key={holder.id} holder={holder} />
            ))}
          </ul>
        </div>
      )}
    </article>
  );
}
