import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { SettingsCard } from './settings-card.tsx';

/** What this is, and where it keeps its things. */
export function AboutCard(): ReactNode {
  const { queries, shell } = useCore();
  const info = useQuery(queries.system.info.queryOptions()).data;
  return (
    <SettingsCard section="about" title="About">
      {info !== undefined && (
        <dl className="facts">
          <dt>Rushes</dt>
          <dd>{info.version}</dd>
          <dt>Opened as</dt>
          <dd>{shell === null ? 'Browser tab' : 'Desktop window'}</dd>
          <dt>Home folder</dt>
          <dd className="mono">{info.home}</dd>
          <dt>Node</dt>
          <dd>{info.node}</dd>
        </dl>
      )}
    </SettingsCard>
  );
}
