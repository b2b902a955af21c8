const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Digits behind the `c4`: what the largest SHA-512 takes. */
const length = 88;

/** The C4 id (SMPTE ST 2114) of bytes whose SHA-512 is given in hexadecimal. */
export function c4OfSha512(sha512: string): string {
  let rest = BigInt(`0x${sha512}`);
  let text = '';
  while (rest > 0n) {
    text = digits.charAt(Number(rest % 58n)) + text;
    rest /= 58n;
  }
  return `c4${text.padStart(length, '1')}`;
}
