import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { DownloadStart } from '../../ui/download-start.tsx';
import { StatusSlotContext } from '../../ui/status-slot.tsx';
import { useHoldingFreshness } from '../../ui/use-active-downloads.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { SearchField } from './search-field.tsx';
import './shell.css';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useCheckNotice } from './use-check-notice.ts';
import { useQueueNotice } from './use-queue-notice.ts';
import { useTheme } from './use-theme.ts';
import { useWaking } from './use-waking.ts';

/** The frame around every screen. */
export function Shell(): ReactNode {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const seen = useRef(pathname);
  useTheme();
  useHoldingFreshness();
  useQueueNotice();
  useCheckNotice();
  useWaking();

  // A new screen takes the focus, so that a screen reader says where it is and keys go where the eyes are.
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus();
  }, [pathname]);

  return (
    <DownloadStart>
      <StatusSlotContext value={slot}>
        <div className="shell">
          <a
            className="skip-link"
            href="#main"
            onClick={(event) => {
              event.preventDefault();
              main.current?.focus();
            }}
          >
            Skip to the content
          </a>
          <Sidebar />
          <header className="topbar">
            <SearchField />
          </header>
          <main ref={main} id="main" className="main" tabIndex={-1}>
            <ConnectionBanner />
            <Outlet />
          </main>
          <StatusBar slot={setSlot} />
        </div>
        <ShortcutSheet />
      </StatusSlotContext>
    </DownloadStart>
  );
}
