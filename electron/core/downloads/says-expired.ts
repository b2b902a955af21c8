// Amazon says ExpiredToken, RequestExpired and "Request has expired", Google ExpiredToken, Microsoft "Signature not
// valid in the specified time frame", Akamai and others "URL expired" or "link has expired".
const words =
  /expired[-_ ]?token|token[-_ ](?:has[-_ ])?expired|token[-_ ]?refresh[-_ ]?required|(?:request|url|link|signature|policy)[-_ ]?(?:has[-_ ]?|is[-_ ]?)?expired|not valid in the specified time frame/i;

/** Longest error text that is looked at, in bytes. */
export const errorTextBytes = 64 * 1024;

/** Whether the text of an error answer says that the link has had its time. */
export function saysExpired(text: string): boolean {
  return words.test(text);
}
