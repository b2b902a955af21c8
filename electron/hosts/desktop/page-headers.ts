import { pageHeaders } from '../serve/content-security.ts';

const policyName = 'content-security-policy';

/** The browser door's headers, with pictures and video from the media scheme instead of a path of the same host. */
export function desktopPageHeaders(contentType: string): Record<string, string> {
  const headers = pageHeaders(contentType);
  const policy = (headers[policyName] ?? '')
    .split('; ')
    .map((rule) => (/^(img|media)-src /.test(rule) ? `${rule} rushes-media:` : rule))
    .join('; ');
  return { ...headers, [policyName]: policy };
}
