import type { Child } from 'hono/jsx';
import { stylesheet } from './stylesheet.js';

/** Frame of every page: complete without JavaScript, one style sheet, no third-party request. */
export function Layout({ title, children }: { title: string; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Paperboy`}</title>
        <link rel="stylesheet" href={stylesheet.path} />
      </head>
      <body>
        <header>
          <a href="/" class="masthead">
            Paperboy
          </a>
          <p>Trending papers in your inbox, once a day.</p>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
