const signature =
  /[?&](x-amz-(signature|expires)|x-goog-(signature|expires)|signature|sig|expires|exp|token|policy|hdn(ts|ea))=/i;

/** Whether an address is signed: it ends to work after a while, and is another one at every reading. */
export function isSigned(address: string): boolean {
  return signature.test(address);
}
