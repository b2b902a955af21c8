/** The Electron executable of this checkout; null where it could not be downloaded. */
export function electronBinary(): string | null;
