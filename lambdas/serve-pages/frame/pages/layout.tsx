import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { icon } from './icon.js';
import { script } from './script.js';
import { stylesheet } from './stylesheet.js';

/** Frame of every page: complete without JavaScript, one style sheet, no third-party request. */
export function Layout({ title, children }: { title: string; children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} · Paperboy`}</title>
          <link rel="icon" type="image/svg+xml" href={icon.path} />
          <link rel="stylesheet" href={stylesheet.path} />
          <script src={script.path} defer />
        </head>
        <body>
          <a class="skip" href="#content">
            To the content
          </a>
          <header>
            <a href="/" class="masthead">
              Paperboy
            </a>
            <p class="strap">Trending papers in your inbox, once a day.</p>
          </header>
          <main id="content" tabindex={-1}>
            {children}
          </main>
          <footer>
            <a href="/">Subscribe</a>
            <a href="/hindsight">Hindsight</a>
            <a href="/search">Search</a>
            <a href="/privacy">Privacy</a>
          </footer>
        </body>
      </html>
    </>
  );
}
