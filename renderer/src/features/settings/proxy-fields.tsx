import { useState, type ReactNode } from 'react';
import type { ProxySettings } from '../../../../shared/contract/system.ts';
import { SelectField } from '../../ui/field.tsx';
import { ProxyPassword } from './proxy-password.tsx';
import { SavedField } from './saved-field.tsx';
import { useCheckedSave } from './use-checked-save.ts';

const modes = [
  { value: 'system', label: 'As the system' },
  { value: 'none', label: 'No proxy' },
  { value: 'manual', label: 'By hand' },
  { value: 'pac', label: 'By a script (PAC)' },
] as const;

/** Whether a way is described far enough to be tried: until then it is not saved, and the one before holds. */
function isWhole({ mode, url, pacUrl }: ProxySettings): boolean {
  return (mode !== 'manual' || url !== '') && (mode !== 'pac' || pacUrl !== '');
}

/** The proxy, by hand, by script or as the system has it. */
export function ProxyFields(props: { proxy: ProxySettings; hasPassword: boolean }): ReactNode {
  const { save, problem } = useCheckedSave();
  const [draft, setDraft] = useState(props.proxy);
  const [seen, setSeen] = useState(props.proxy);
  // Every read brings an object of its own; only another content replaces what is typed.
  if (seen !== props.proxy) {
    setSeen(props.proxy);
    if (JSON.stringify(seen) !== JSON.stringify(props.proxy)) setDraft(props.proxy);
  }
  const set = (change: Partial<ProxySettings>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    if (isWhole(next)) save({ proxy: next });
  };
  const { mode } = draft;
  return (
    <>
      <div className="settings-row">
        <SelectField label="Proxy" value={mode} options={modes} onChange={(next) => set({ mode: next })} />
      </div>
      {mode === 'manual' && (
        <div className="settings-row">
          <SavedField
            label="Address of the proxy"
            placeholder="http://proxy.example:3128"
            {...(!isWhole(draft) && { hint: 'Until it is entered the proxy set before is used.' })}
            error={problem}
            value={draft.url}
            onSave={(url) => set({ url })}
          />
          <SavedField
            label="Not through the proxy"
            placeholder="localhost, .intranet.example"
            hint="Hosts that are reached directly, parted by commas."
            value={draft.bypass}
            onSave={(bypass) => set({ bypass })}
          />
        </div>
      )}
      {mode === 'pac' && (
        <SavedField
          label="Address or path of the script"
          placeholder="http://wpad.example/proxy.pac"
          {...(!isWhole(draft) && { hint: 'Until it is entered the proxy set before is used.' })}
          error={problem}
          value={draft.pacUrl}
          onSave={(pacUrl) => set({ pacUrl })}
        />
      )}
      {mode !== 'none' && (
        <div className="settings-row">
          <SavedField
            label="User name at the proxy"
            hint="Only where the proxy asks for one."
            autoComplete="off"
            value={draft.user}
            onSave={(user) => set({ user })}
          />
          <ProxyPassword kept={props.hasPassword} />
        </div>
      )}
    </>
  );
}
