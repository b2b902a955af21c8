/**
 * Why a download waits, is paused or has failed. Persisted: codes are added, never renamed or reused.
 */
export const downloadReasons = [
  'USER_PAUSED',
  'QUIT',
  'SIGN_IN_NEEDED',
  'ACCOUNT_UNVERIFIED',
  'NOT_RELEASED',
  'WITHDRAWN',
  'NETWORK_DISCONNECTED',
  'NETWORK_TIMEOUT',
  'SERVER_BUSY',
  'SERVER_UNREACHABLE',
  'SERVER_REFUSED',
  'SERVER_BAD_CONTENT',
  'SERVER_PROTOCOL',
  'LINK_EXPIRED',
  'REMOTE_CHANGED',
  'ADDRESS_REFUSED',
  'CERTIFICATE',
  'NO_SPACE',
  'FILE_ACCESS',
  'FILE_FAILED',
  'FILE_VANISHED',
  'SIZE_MISMATCH',
  'HASH_MISMATCH',
  'INTERNAL',
  'OFFLINE',
  'OUTSIDE_HOURS',
  'HOST_RESTING',
  'PROXY_SIGN_IN',
  'PROXY_UNREACHABLE',
  'CLOCK_WRONG',
  'FILE_TOO_LARGE',
  'TOO_SLOW',
  'ON_HOLD',
] as const;

/** One of the persisted reason codes. */
export type DownloadReason = (typeof downloadReasons)[number];
