import { useRouter } from '@tanstack/react-router';
import { Compass, RotateCw } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { useConnectionState } from '../../lib/app-context.tsx';
import { errorCode } from '../../lib/errors.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';

/** For an address that leads nowhere. */
export function UnknownScreen(): ReactNode {
  return (
    <EmptyState icon={Compass} title="There is nothing at this address">
      <ButtonLink to="/catalogue" search={{}}>
        Go to the catalogue
      </ButtonLink>
    </EmptyState>
  );
}

/** For a screen that could not be shown. */
export function FailedScreen(props: { error: unknown; reset: () => void }): ReactNode {
  const router = useRouter();
  const state = useConnectionState();
  const wasAway = useRef(false);
  const tryAgain = useEffectEvent(() => {
    props.reset();
    void router.invalidate();
  });
  useEffect(() => {
    // What failed only because the core was away needs nobody's click once it is back.
    if (state !== 'open') wasAway.current = true;
    else if (wasAway.current && errorCode(props.error) === 'CORE_UNAVAILABLE') tryAgain();
  }, [state, props.error]);
  return (
    <Screen title="This screen could not be shown">
      <div className="screen-body stack narrow">
        <ErrorNote error={props.error} />
        <div>
          <Button
            icon={RotateCw}
            onClick={() => {
              props.reset();
              void router.invalidate();
            }}
          >
            Try again
          </Button>
        </div>
      </div>
    </Screen>
  );
}
