/** The names of the messages between page and shell. The preload script has the same list of its own. */
export const channels = {
  port: 'rushes:port',
  requestPort: 'rushes:request-port',
  chooseFolder: 'rushes:choose-folder',
  revealClip: 'rushes:reveal-clip',
  openExternal: 'rushes:open-external',
  setTheme: 'rushes:set-theme',
} as const;
