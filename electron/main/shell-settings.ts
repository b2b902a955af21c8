import Store from 'electron-store';
import type { Area } from './window-place.ts';

/** How the page is coloured; the page tells the shell, which remembers it for the moment before the page is there. */
export type Theme = 'system' | 'light' | 'dark';

interface Stored {
  theme: Theme;
  windowArea: Area | null;
  maximised: boolean;
}

const number = { type: 'number' } as const;

/** What the shell itself remembers between runs, in `shell.json` of the home. A file that does not fit is dropped. */
export function openShellSettings(home: string) {
  const store = new Store<Stored>({
    cwd: home,
    name: 'shell',
    clearInvalidConfig: true,
    defaults: { theme: 'system', windowArea: null, maximised: false },
    schema: {
      theme: { type: 'string', enum: ['system', 'light', 'dark'] },
      maximised: { type: 'boolean' },
      windowArea: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            required: ['x', 'y', 'width', 'height'],
            properties: { x: number, y: number, width: number, height: number },
            additionalProperties: false,
          },
        ],
      },
    },
  });
  return {
    theme: (): Theme => store.get('theme'),
    setTheme: (theme: Theme): void => store.set('theme', theme),
    place: () => ({ area: store.get('windowArea'), maximised: store.get('maximised') }),
    setPlace: (place: { area: Area; maximised: boolean }): void => {
      store.set({ windowArea: place.area, maximised: place.maximised });
    },
  };
}
export type ShellSettings = ReturnType<typeof openShellSettings>;
