import type { ReactNode } from 'react';
import type { Traffic } from '../../../../shared/contract/system.ts';
import { daySegments, timeOf, weekDays, type DaySegment } from '../../lib/week-plan.ts';
import { profileWords } from './profile-field.tsx';

const dayMinutes = 24 * 60;
/** As many looks as there are; a profile further down the list begins again with the first. */
const looks = 4;

/** What holds when, a week at a glance; every bar also says it in words. */
export function WeekStrip({ traffic }: { traffic: Traffic }): ReactNode {
  const nameOf = (id: string | null): string => {
    if (id === null) return 'Nothing runs';
    const profile = traffic.profiles.find((one) => one.id === id);
    return profile === undefined ? 'Nothing runs' : profileWords(profile);
  };
  const lookOf = (id: string | null): string => {
    const place = traffic.profiles.findIndex((profile) => profile.id === id);
    return id === null || place < 0 ? 'week-none' : `week-look-${place % looks}`;
  };
  const wordsOf = (segment: DaySegment): string =>
    `${timeOf(segment.from)}–${timeOf(segment.to)} ${nameOf(segment.profile)}`;
  const days = weekDays.map(({ day, short, name }) => ({ short, name, segments: daySegments(traffic, day) }));
  const used = new Set(days.flatMap(({ segments }) => segments.map((segment) => segment.profile)));

  return (
    <figure className="week" aria-label="The week">
      <div className="week-hours" aria-hidden>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour} className="number" style={{ left: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
      <ul>
        {days.map(({ short, name, segments }) => (
          <li key={name} className="week-day">
            <span className="week-name" aria-hidden>
              {short}
            </span>
            <span className="visually-hidden">
              {name}: {segments.map(wordsOf).join(', ')}
            </span>
            <span className="week-bar" aria-hidden>
              {segments.map((segment) => (
                <span
                  key={segment.from}
                  className={`week-part ${lookOf(segment.profile)}`}
                  title={wordsOf(segment)}
                  style={{ width: `${((segment.to - segment.from) / dayMinutes) * 100}%` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <figcaption className="row row-wrap week-key">
        {[...used].map((id) => (
          <span key={id ?? ''} className="row small">
            <span className={`week-swatch ${lookOf(id)}`} aria-hidden />
            {nameOf(id)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
