import { createHash } from 'node:crypto';
import { pageHeaders } from './content-security.ts';

const style = `
:root { color-scheme: light dark; }
body { display: grid; min-height: 100vh; margin: 0; place-content: center; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; padding: 24px; }
h1 { margin: 0 0 8px; font-size: 1.25rem; }
p { margin: 0 0 8px; }`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** What somebody without a session is shown: why, and how to get in. `howToEnter` is one sentence, plain text. */
export function refusalPage(howToEnter: string): { headers: Record<string, string>; body: string } {
  const headers = pageHeaders('text/html; charset=utf-8');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return {
    headers: { ...headers, 'content-security-policy': policy },
    body: `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rushes: a new address is needed</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This browser has no session with Rushes</h1>
<p>An address of Rushes works once, in the browser that opens it first, until that browser is closed.</p>
<p><strong>${asHtml(howToEnter)}</strong></p>
</main>
</body>
</html>
`,
  };
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
