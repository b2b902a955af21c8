/** Addresses of pictures and video by opaque id; bytes never travel by call. */
export interface MediaUrls {
  poster: (clipId: string) => string;
  strip: (clipId: string) => string;
  clip: (clipId: string) => string;
  picture: (assetId: string) => string;
}

/** Builds the addresses below one base, `/media` in a browser tab and `rushes-media://local` in the window. */
export function createMediaUrls(base: string): MediaUrls {
  const at = (kind: string) => (id: string) => `${base}/${kind}/${encodeURIComponent(id)}`;
  return { poster: at('poster'), strip: at('strip'), clip: at('clip'), picture: at('picture') };
}
