import { AlarmClock, AlarmClockCheck, AlarmClockOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatMoment } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';

const looks = {
  none: { tone: 'plain', icon: AlarmClock, words: '' },
  safe: { tone: 'ok', icon: AlarmClockCheck, words: 'in time' },
  'at-risk': { tone: 'warn', icon: AlarmClock, words: 'at risk' },
  late: { tone: 'bad', icon: AlarmClockOff, words: 'too late' },
} as const;

/** When it is needed and whether that will be met. */
export function DeadlineChip(props: { download: Download; nowMs: number }): ReactNode {
  const { neededByMs, deadline, state } = props.download;
  if (neededByMs === null || state === 'complete' || state === 'cancelled') return null;
  const { tone, icon, words } = looks[deadline];
  return (
    <Badge tone={tone} icon={icon}>
      needed by {formatMoment(neededByMs, props.nowMs)}
      {words !== '' && `, ${words}`}
    </Badge>
  );
}
