import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assets } from '../own-files.js';

/** What search engines and those who share a page are told of it. */
export interface PublicPage {
  /** One sentence. */
  readonly description: string;
  /** Its one address. */
  readonly url: string;
  /** Address of a feed of what it lists, with its title. */
  readonly feed?: { readonly url: string; readonly title: string };
}

interface LayoutProps {
  readonly title: string;
  /** Absent for pages that belong to one reader, and for what is no page: they are not to be found by a search. */
  readonly about?: PublicPage;
  /** Whether it has a form of choices: only that has a script. */
  readonly hasForm?: boolean;
  readonly children: Child;
}

/** Frame of every page: complete without JavaScript, one style sheet, no third-party request. */
export function Layout({ title, about, hasForm = false, children }: LayoutProps) {
  const name = `${title} · Paperboy`;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{name}</title>
          {about ? <AboutPage title={title} {...about} /> : <meta name="robots" content="noindex" />}
          <link rel="icon" type={assets.icon.type} href={assets.icon.path} />
          <link rel="manifest" href="/manifest.webmanifest" />
          <link rel="stylesheet" href={assets.stylesheet.path} />
          {hasForm ? <script src={assets.script.path} defer /> : null}
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
              <a href="/editions">Editions</a>
              <a href="/topics">Topics</a>
              <a href="/search">Search</a>
              <a href="/how">How it ranks</a>
            </nav>
          </header>
          <main id="content" tabindex={-1}>
            {children}
          </main>
          <footer>
            <p class="strap">Trending papers in your inbox, once a day.</p>
            <a href="/hindsight">Hindsight</a>
            <a href="/status">Status</a>
            <a href="/privacy">Privacy</a>
          </footer>
        </body>
      </html>
    </>
  );
}

function AboutPage({ title, description, url, feed }: PublicPage & { readonly title: string }) {
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={url} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="Paperboy" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url} />
      {feed ? <link rel="alternate" type="application/atom+xml" title={feed.title} href={feed.url} /> : null}
    </>
  );
}

interface MessagePageProps {
  readonly title: string;
  readonly about?: PublicPage;
  readonly children: Child;
}

/** A page that only says something: how it works, not found, a link that no longer works, a failure, a farewell. */
export function MessagePage({ title, about, children }: MessagePageProps) {
  return (
    <Layout title={title} {...(about && { about })}>
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
