import { html } from 'hono/html';

/** The one page for a person who opens the portal's address in a browser. */
export function landingPage(name: string, demo: boolean) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${name}</title>
        <meta name="viewport" content="width=device-width" />
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 40rem;
            margin: 4rem auto;
            padding: 0 1rem;
          }
        </style>
      </head>
      <body>
        <h1>${name}</h1>
        <p>
          This is a reference portal for Rushes: accounts, a catalogue and broadcast files behind signed
          links. Add its address as a source in Rushes.
        </p>
        ${demo ? html`<p>Everything in this catalogue is invented: the alliance, the people and the pictures.</p>` : ''}
        <ul>
          <li><a href="/openapi.json">Description of the interface (OpenAPI)</a></li>
          <li><a href="/api/v1/about">About this portal</a></li>
          <li><a href="/api/v1/assets?limit=10">The latest assets</a></li>
          <li><a href="/api/v1/events">The events</a></li>
        </ul>
      </body>
    </html>`;
}
