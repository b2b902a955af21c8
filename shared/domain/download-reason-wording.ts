import type { DownloadReason } from './download-reason.ts';

/** What a person reads beside a download: why it does not run, and what to do. */
export interface ReasonWording {
  readonly sentence: string;
  readonly todo: string;
}

const words: Readonly<Record<DownloadReason, ReasonWording>> = {
  USER_PAUSED: { sentence: 'You paused it.', todo: 'Resume it when you like; it goes on where it stopped.' },
  QUIT: {
    sentence: 'Rushes was closed while it ran.',
    todo: 'Resume it; the bytes that are here are kept.',
  },
  SIGN_IN_NEEDED: {
    sentence: 'The source wants you to be signed in.',
    todo: 'Sign in; it then goes on by itself.',
  },
  ACCOUNT_UNVERIFIED: {
    sentence: 'Your account is not verified yet.',
    todo: 'Enter the code from the e-mail; it then goes on by itself.',
  },
  NOT_RELEASED: {
    sentence: 'The source has not released it yet.',
    todo: 'Retry later: it may be withheld or under embargo.',
  },
  WITHDRAWN: {
    sentence: 'The source has withdrawn it.',
    todo: 'Cancel it, or ask the source for a replacement.',
  },
  NETWORK_DISCONNECTED: {
    sentence: 'The connection broke off.',
    todo: 'Nothing to do: it is tried again by itself.',
  },
  NETWORK_TIMEOUT: {
    sentence: 'The server stopped sending.',
    todo: 'Nothing to do: it is tried again by itself.',
  },
  SERVER_BUSY: {
    sentence: 'The server is busy and asked to wait.',
    todo: 'Nothing to do: it is tried again by itself.',
  },
  SERVER_UNREACHABLE: {
    sentence: 'The server cannot be reached.',
    todo: 'Check the network; it is tried again by itself.',
  },
  SERVER_REFUSED: {
    sentence: 'The server refused the request.',
    todo: 'Check that you may download this, then retry.',
  },
  SERVER_BAD_CONTENT: {
    sentence: 'The server sent something that is not the file.',
    todo: 'Retry; if it stays, tell the source.',
  },
  SERVER_PROTOCOL: {
    sentence: 'The server answered in a way that cannot be trusted.',
    todo: 'Retry; if it stays, tell the source.',
  },
  LINK_EXPIRED: {
    sentence: 'The link has expired.',
    todo: 'Retry to get a fresh link; the bytes that are here are kept.',
  },
  REMOTE_CHANGED: {
    sentence: 'The file on the server changed while it was downloading.',
    todo: 'Retry to download the new file from its beginning.',
  },
  ADDRESS_REFUSED: {
    sentence: 'Rushes does not open this kind of address.',
    todo: 'Add it again with an https address on a public host.',
  },
  CERTIFICATE: {
    sentence: 'The certificate of the server is not trusted.',
    todo: 'Ask whoever runs the network or the server; do not work around it.',
  },
  NO_SPACE: {
    sentence: 'There is not enough space on the disk.',
    todo: 'Free some space; it then goes on by itself.',
  },
  FILE_ACCESS: {
    sentence: 'The download folder may not be written to.',
    todo: 'Check the rights of the folder or choose another one, then retry.',
  },
  FILE_FAILED: { sentence: 'The disk reported an error.', todo: 'Check the disk, then retry.' },
  FILE_VANISHED: {
    sentence: 'The partial file or its folder has vanished.',
    todo: 'Connect the volume again if it was removed, then retry.',
  },
  SIZE_MISMATCH: {
    sentence: 'The file does not have the size that was announced.',
    todo: 'Retry to download it again from its beginning.',
  },
  HASH_MISMATCH: {
    sentence: 'The bytes do not match the hash of the source.',
    todo: 'Retry to download it again; nothing damaged was put in place.',
  },
  INTERNAL: {
    sentence: 'Something went wrong inside Rushes.',
    todo: 'Retry; if it stays, report it with the technical detail.',
  },
  OFFLINE: {
    sentence: 'This machine has no network.',
    todo: 'Nothing to do: it goes on as soon as the network is back.',
  },
  OUTSIDE_HOURS: {
    sentence: 'The schedule lets nothing run now.',
    todo: 'It goes on when the scheduled hours begin, or at once when another speed is chosen.',
  },
  ON_HOLD: {
    sentence: 'All downloads are on hold.',
    todo: 'Choose a speed for the queue; it then goes on by itself.',
  },
  HOST_RESTING: {
    sentence: 'The server has failed several times in a row and is left alone for a while.',
    todo: 'Nothing to do: it is tried again by itself. Resume it to try now.',
  },
  PROXY_SIGN_IN: {
    sentence: 'The proxy wants a user name and a password.',
    todo: 'Enter them in the settings under Network; it then goes on by itself.',
  },
  PROXY_UNREACHABLE: {
    sentence: 'The proxy cannot be reached.',
    todo: 'Check the proxy in the settings under Network; it is tried again by itself.',
  },
  CLOCK_WRONG: {
    sentence: 'The clock of this machine seems to be wrong, so the certificate of the server does not hold.',
    todo: 'Set the date and time, then retry.',
  },
  FILE_TOO_LARGE: {
    sentence: 'The disk cannot hold a file of this size.',
    todo: 'Choose a folder on a disk with another file system, or a smaller rendition.',
  },
  TOO_SLOW: {
    sentence: 'The server sends next to nothing.',
    todo: 'Nothing to do: it is tried again by itself.',
  },
};

/** Words for a download's reason code, the same at every door. */
export function reasonWording(code: DownloadReason): ReasonWording {
  return words[code];
}
