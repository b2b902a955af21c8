/** Addresses of the portal's API, relative to its own address. */
export const portalPaths = {
  about: '/api/v1/about',
  register: '/api/v1/account/register',
  verify: '/api/v1/account/verify',
  resend: '/api/v1/account/resend',
  login: '/api/v1/account/login',
  logout: '/api/v1/account/logout',
  session: '/api/v1/account/session',
  resetRequest: '/api/v1/account/reset-request',
  resetConfirm: '/api/v1/account/reset-confirm',
  newsletter: '/api/v1/account/newsletter',
  assets: '/api/v1/assets',
  events: '/api/v1/events',
} as const;

/** Address of one asset. */
export function assetPath(assetId: string): string {
  return `${portalPaths.assets}/${encodeURIComponent(assetId)}`;
}

/** Address that answers a fresh link for one rendition. */
export function renditionLinkPath(renditionId: string): string {
  return `/api/v1/renditions/${encodeURIComponent(renditionId)}/link`;
}
