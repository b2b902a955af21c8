import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ScheduleWindow, Traffic } from '../../../../shared/contract/system.ts';
import { Button } from '../../ui/button.tsx';
import { ProfileList } from './profile-list.tsx';
import { ProfileField } from './profile-field.tsx';
import { SettingsCard, type CardProps } from './settings-card.tsx';
import { WeekStrip } from './week-strip.tsx';
import { WindowEditor } from './window-editor.tsx';

const everyDay = [1, 2, 3, 4, 5, 6, 0];
const workDays = [1, 2, 3, 4, 5];

/** Schedules that are asked for most, ready to be taken over. */
function presets(
  traffic: Traffic,
): readonly { label: string; windows: ScheduleWindow[]; outside: string | null }[] {
  const full = traffic.profiles[0]?.id ?? null;
  const gentle = traffic.profiles[1]?.id ?? full;
  return [
    { label: 'Always at one speed', windows: [], outside: traffic.outside ?? full },
    {
      label: 'Nights only',
      windows: [{ days: everyDay, from: '22:00', to: '06:00', profile: full }],
      outside: null,
    },
    {
      label: 'Gentle in working hours',
      windows: [{ days: workDays, from: '07:00', to: '19:00', profile: gentle }],
      outside: full,
    },
  ];
}

/** How fast downloads may go, and when. */
export function TrafficCard({ settings, onChange }: CardProps): ReactNode {
  const { traffic } = settings;
  const { windows, profiles } = traffic;
  const save = (change: Partial<Traffic>): void => {
    const { override, ...bySchedule } = traffic;
    // Who changes the schedule wants it to hold, whatever was chosen for the moment.
    const keeps = change.windows === undefined && change.outside === undefined && override !== undefined;
    onChange({ traffic: { ...bySchedule, ...(keeps && { override }), ...change } });
  };
  const setWindow = (index: number, window: ScheduleWindow | null): void =>
    save({ windows: windows.flatMap((one, at) => (at !== index ? [one] : window === null ? [] : [window])) });
  return (
    <SettingsCard section="traffic" title="Speed and schedule">
      <ProfileList traffic={traffic} onChange={save} />
      <div className="field">
        <span className="field-label">Schedule</span>
        <div className="row row-wrap" role="group" aria-label="Ready-made schedules">
          {presets(traffic).map((preset) => (
            <Button
              key={preset.label}
              small
              onClick={() => save({ windows: preset.windows, outside: preset.outside })}
            >
              {preset.label}
            </Button>
          ))}
        </div>
      </div>
      <ol className="stack windows" aria-label="Windows of the week">
        {windows.map((window, index) => (
          <li key={index}>
            <WindowEditor
              number={index + 1}
              window={window}
              profiles={profiles}
              onChange={(next) => setWindow(index, next)}
              onRemove={() => setWindow(index, null)}
              onUp={
                index === 0
                  ? null
                  : () =>
                      save({ windows: windows.toSpliced(index - 1, 2, window, windows[index - 1] ?? window) })
              }
            />
          </li>
        ))}
      </ol>
      <div className="row row-wrap">
        <ProfileField
          label={windows.length === 0 ? 'All the time' : 'At all other times'}
          value={traffic.outside}
          profiles={profiles}
          onChange={(outside) => save({ outside })}
        />
        <span className="spacer" />
        <Button
          small
          icon={Plus}
          disabled={windows.length >= 50}
          onClick={() =>
            save({
              windows: [
                ...windows,
                { days: workDays, from: '09:00', to: '18:00', profile: profiles.at(-1)?.id ?? null },
              ],
            })
          }
        >
          Add a window
        </Button>
      </div>
      {windows.length > 1 && (
        <p className="field-note">Where windows overlap, the one that stands higher decides.</p>
      )}
      <WeekStrip traffic={traffic} />
    </SettingsCard>
  );
}
