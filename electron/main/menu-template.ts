import type { MenuItemConstructorOptions } from 'electron';

/** What the menu depends on. */
export interface MenuDeps {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly openLogs: () => void;
}

/** Describes the application's menu. Reloading and developer tools are for a checkout only, shortcuts included. */
export function describeMenu({ platform, isPackaged, openLogs }: MenuDeps): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const forDevelopers: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }];
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: isMac ? [{ role: 'close' }] : [{ role: 'close' }, { role: 'quit' }] },
    { label: '&Edit', role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...forDevelopers,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Window', role: 'windowMenu' },
    {
      label: '&Help',
      role: 'help',
      submenu: [{ id: 'open-logs', label: 'Open the &logs folder', click: openLogs }],
    },
  ];
}
