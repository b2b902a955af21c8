import { sameAddress } from './addresses.ts';

const signature =
  /[?&](x-amz-(signature|expires)|x-goog-(signature|expires)|signature|sig|expires|exp|token|policy|hdn(ts|ea)|qt)=/i;

/** Whether an address is signed: it ends to work after a while, and is another one at every reading. */
export function isSigned(address: string): boolean {
  return signature.test(address);
}

/**
 * Whether an address says where a file is and nothing of who may have it until when: then it needs no asking anew.
 * What the identity of an address leaves out is signatures, tracking and stamps.
 */
export function isPlainAddress(address: string): boolean {
  return new URL(address).searchParams.size === new URL(sameAddress(address)).searchParams.size;
}
