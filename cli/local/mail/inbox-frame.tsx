import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { stylesheet } from '../../../lambdas/serve-pages/frame/pages/stylesheet.js';

/** The look of the reader's pages, with what only an inbox has. */
const style = `${stylesheet.text}
header .strap { margin-bottom: .5rem; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails li { border-top: 1px solid var(--line); padding: .4rem 0 .6rem; }
.mails a { align-items: center; display: flex; font-weight: 700; min-height: 2.75rem; overflow-wrap: anywhere; }
.mail iframe { background: #fff; border: 1px solid var(--edge); height: 75vh; width: 100%; }
.mail details { margin: 0; }
pre { background: var(--sheet); font-size: .9375rem; margin: 0 0 1rem; overflow-wrap: anywhere; padding: .75rem; white-space: pre-wrap; }
.headers { border-collapse: collapse; font-size: .9375rem; }
.headers th, .headers td { border-top: 1px solid var(--line); display: block; overflow-wrap: anywhere; text-align: left; }
.headers td { border: 0; padding-bottom: .4rem; }
.facts dt { font-weight: 700; }
.facts dd { margin: 0 0 .25rem; overflow-wrap: anywhere; }
.facts dd:has(+ dt) { margin-bottom: .75rem; }
`;

interface PageProps {
  readonly title: string;
  readonly isLive?: boolean;
  readonly children: Child;
}

/** The frame of every page beside the local Paperboy's own. */
export function Page({ title, isLive = false, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style>{raw(style)}</style>
        {isLive && <script src="/inbox.js" defer />}
      </head>
      <body>
        <header>
          <a class="masthead" href="/">
            Inbox
          </a>
          <p class="strap">Every mail that the local Paperboy sent. None has left this machine.</p>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

/** An instant as the pages here show it. */
export const timeOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
