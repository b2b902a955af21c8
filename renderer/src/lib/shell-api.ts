/** What the desktop shell hands to the page; absent in a browser tab. */
export interface RushesShell {
  readonly door: 'desktop';
  readonly version: string;
  readonly platform: string;
  requestPort: () => void;
  chooseFolder: () => Promise<string | null>;
  revealClip: (clipId: string) => Promise<void>;
  openExternal: (url: string) => Promise<void>;
  setTheme: (theme: 'system' | 'light' | 'dark') => void;
}

declare global {
  interface Window {
    readonly rushesShell?: RushesShell;
  }
}
