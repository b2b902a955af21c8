import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { formatMoment } from '../../lib/format.ts';
import { Note } from '../../ui/note.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import { NetworkTest } from './network-test.tsx';
import { ProxyFields } from './proxy-fields.tsx';
import { SavedField } from './saved-field.tsx';
import { SettingsCard, type CardProps } from './settings-card.tsx';
import { useCheckedSave } from './use-checked-save.ts';

/** The way out of the house: proxy, certificates, and a test that says in words what works. */
export function NetworkCard({ settings }: Pick<CardProps, 'settings'>): ReactNode {
  const { queries } = useCore();
  const nowMs = useMinute();
  const certificates = useCheckedSave();
  const status = useQuery(queries.network.status.queryOptions({ input: {} })).data;
  return (
    <SettingsCard section="network" title="Network" {...(status !== undefined && { note: status.summary })}>
      {status?.lastFault != null && (
        <Note tone="warn">
          <p>
            {status.lastFault.message}{' '}
            <span className="muted number">({formatMoment(status.lastFault.atMs, nowMs)})</span>
          </p>
        </Note>
      )}
      <ProxyFields proxy={settings.proxy} hasPassword={status?.hasPassword ?? false} />
      <SavedField
        label="File with more certificates (PEM)"
        hint="For a network that inspects TLS: its certificate is believed beside those of the system."
        error={certificates.problem ?? status?.certificates.problem ?? null}
        className="mono"
        value={settings.certificateFile}
        onSave={(certificateFile) => certificates.save({ certificateFile })}
      />
      {status !== undefined && (
        <p className="field-note number">
          {status.certificates.trusted} authorities are believed, {status.certificates.added} of them added by
          this file.
        </p>
      )}
      <NetworkTest />
    </SettingsCard>
  );
}
