import type { Download } from '../../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { reasonWording } from '../../../shared/domain/download-reason-wording.ts';
import { errorCodes, type ErrorCode } from '../../../shared/errors/codes.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** What a download's reason is as an error, and so as an exit code. */
const codes: Readonly<Record<DownloadReason, ErrorCode>> = {
  USER_PAUSED: 'CONFLICT',
  QUIT: 'CONFLICT',
  SIGN_IN_NEEDED: 'SIGN_IN_NEEDED',
  ACCOUNT_UNVERIFIED: 'ACCOUNT_UNVERIFIED',
  NOT_RELEASED: 'NOT_RELEASED',
  WITHDRAWN: 'WITHDRAWN',
  NETWORK_DISCONNECTED: 'NETWORK_UNAVAILABLE',
  NETWORK_TIMEOUT: 'NETWORK_UNAVAILABLE',
  SERVER_BUSY: 'SOURCE_UNAVAILABLE',
  SERVER_UNREACHABLE: 'NETWORK_UNAVAILABLE',
  SERVER_REFUSED: 'SOURCE_UNAVAILABLE',
  SERVER_BAD_CONTENT: 'SOURCE_UNAVAILABLE',
  SERVER_PROTOCOL: 'SOURCE_UNAVAILABLE',
  LINK_EXPIRED: 'SOURCE_UNAVAILABLE',
  REMOTE_CHANGED: 'SOURCE_UNAVAILABLE',
  ADDRESS_REFUSED: 'ADDRESS_REFUSED',
  CERTIFICATE: 'SOURCE_UNAVAILABLE',
  NO_SPACE: 'DISK_FULL',
  FILE_ACCESS: 'DISK_ERROR',
  FILE_FAILED: 'DISK_ERROR',
  FILE_VANISHED: 'DISK_ERROR',
  SIZE_MISMATCH: 'INTEGRITY',
  HASH_MISMATCH: 'INTEGRITY',
  INTERNAL: 'INTERNAL',
  OFFLINE: 'NETWORK_UNAVAILABLE',
  OUTSIDE_HOURS: 'CONFLICT',
  ON_HOLD: 'CONFLICT',
  HOST_RESTING: 'SOURCE_UNAVAILABLE',
  PROXY_SIGN_IN: 'NETWORK_UNAVAILABLE',
  PROXY_UNREACHABLE: 'NETWORK_UNAVAILABLE',
  CLOCK_WRONG: 'SOURCE_UNAVAILABLE',
  FILE_TOO_LARGE: 'DISK_ERROR',
  TOO_SLOW: 'SOURCE_UNAVAILABLE',
};

/** Whether waiting may end by itself within the time a person spends at a command. */
export function mayPass(reason: DownloadReason): boolean {
  const code = codes[reason];
  if (reason === 'PROXY_SIGN_IN') return false;
  return code === 'NETWORK_UNAVAILABLE' || code === 'SOURCE_UNAVAILABLE';
}

/** The worst of what became of some downloads, as the error to end with; null when all are complete. */
export function worstFault(downloads: readonly Download[]): RushesError | null {
  let worst: RushesError | null = null;
  for (const one of downloads) {
    const found = faultOf(one);
    if (found && (!worst || errorCodes[found.code].exit > errorCodes[worst.code].exit)) worst = found;
  }
  return worst;
}

function faultOf({ state, reason, title }: Download): RushesError | null {
  if (state === 'complete') return null;
  if (!reason) return new RushesError('CONFLICT', `"${title}" is ${state}.`);
  const { sentence, todo } = reasonWording(reason.code);
  const hint = hintOf(reason.code) ?? todo;
  return new RushesError(codes[reason.code], `"${title}": ${sentence}`, {
    hint,
    ...(reason.detail === null ? {} : { detail: reason.detail }),
  });
}

/** Where a command ends, nothing "goes on by itself": it goes on when the command is given again. */
function hintOf(reason: DownloadReason): string | null {
  const code = codes[reason];
  if (code === 'SIGN_IN_NEEDED')
    return 'Sign in with "rushes account login", then give the same command again.';
  if (code === 'ACCOUNT_UNVERIFIED') {
    return 'Enter the code with "rushes account verify", sign in, then give the same command again.';
  }
  if (!mayPass(reason)) return null;
  return 'What came in is kept; the same command goes on where it stopped.';
}
