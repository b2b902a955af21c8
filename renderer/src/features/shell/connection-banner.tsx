import { LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnectionState, useCore } from '../../lib/app-context.tsx';

/** Says calmly that the core is away, and what happens next. */
export function ConnectionBanner(): ReactNode {
  const state = useConnectionState();
  const { shell } = useCore();
  if (state === 'open' || state === 'connecting') return null;
  return (
    <div className="connection-banner" role="status">
      {state === 'lost' ? (
        <>
          <LoaderCircle size={16} className="spinner" aria-hidden />
          {shell === null
            ? 'Rushes does not answer, trying again. If it was ended at the terminal, start it there and open the address it prints.'
            : 'Connection to the core lost, trying again'}
        </>
      ) : (
        <>
          <TriangleAlert size={16} aria-hidden />
          This session is no longer valid. Open the address that Rushes printed at its terminal when it
          started, or press Enter there for a new one.
        </>
      )}
    </div>
  );
}
