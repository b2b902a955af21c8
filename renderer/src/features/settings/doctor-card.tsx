import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { FindingList } from './finding-list.tsx';
import { SettingsCard } from './settings-card.tsx';

/** What the core finds when it looks at itself. */
export function DoctorCard(): ReactNode {
  const { queries } = useCore();
  const doctor = useQuery({ ...queries.system.doctor.queryOptions(), staleTime: Infinity });
  return (
    <SettingsCard
      section="doctor"
      title="Doctor"
      action={
        <Button small icon={RefreshCw} disabled={doctor.isFetching} onClick={() => void doctor.refetch()}>
          Check again
        </Button>
      }
    >
      {doctor.isPending && <p className="muted">Checking…</p>}
      {doctor.error !== null && <ErrorNote error={doctor.error} />}
      {doctor.data !== undefined && <FindingList label="Findings" findings={doctor.data.findings} />}
    </SettingsCard>
  );
}
