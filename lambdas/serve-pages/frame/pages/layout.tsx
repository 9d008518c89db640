import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { script } from './script.js';
import { stylesheet } from './stylesheet.js';

/** The picture beside a page's title: a folded paper with its masthead and columns. */
export const icon = {
  path: '/paperboy.svg',
  type: 'image/svg+xml',
  text: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#9c2f1f" d="M3 4h22v24H6a3 3 0 0 1-3-3z"/><path fill="#7a2417" d="M25 10h4v15a3 3 0 0 1-4 2.8z"/><path fill="#fbf8f1" d="M6 7h16v4H6zm0 7h7v2H6zm0 4h7v2H6zm0 4h7v2H6zm9-8h7v10h-7z"/></svg>`,
} as const;

interface LayoutProps {
  readonly title: string;
  /** Whether it has a form of choices: only that has a script. */
  readonly hasForm?: boolean;
  readonly children: Child;
}

/** Frame of every page: complete without JavaScript, one style sheet, no third-party request. */
export function Layout({ title, hasForm = false, children }: LayoutProps) {
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
          {hasForm ? <script src={script.path} defer /> : null}
        </head>
        <body>
          <a class="skip" href="#content">
            Skip to content
          </a>
          <header>
            <a href="/" class="masthead">
              Paperboy
            </a>
            <nav aria-label="Paperboy">
              <a href="/">Subscribe</a>
              <a href="/search">Search</a>
              <a href="/hindsight">Hindsight</a>
              <a href="/how">How it ranks</a>
            </nav>
          </header>
          <main id="content" tabindex={-1}>
            {children}
          </main>
          <footer>
            <p class="strap">Trending papers in your inbox, once a day.</p>
            <a href="/privacy">Privacy</a>
          </footer>
        </body>
      </html>
    </>
  );
}

/** A page that only says something: not found, a link that no longer works, a failure, a farewell. */
export function MessagePage({ title, children }: { title: string; children: Child }) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

/** A page that says what went wrong and what to do, and leads back to the form. */
export function AdvicePage({ title, advice }: { title: string; advice: string }) {
  return (
    <MessagePage title={title}>
      <p>{advice}</p>
      <p>
        <a class="button" href="/">
          Go to the front page
        </a>
      </p>
    </MessagePage>
  );
}
