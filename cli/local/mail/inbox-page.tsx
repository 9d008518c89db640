import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { stylesheet } from '../../../lambdas/serve-pages/frame/pages/stylesheet.js';
import type { RaisedAlarm } from '../alarms/alarms.js';
import type { StoredMail } from './mail-store.js';
import { type ReadableMail, readMail } from './read-mail.js';

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
`;

/** Shows what has come in since: a page that reloads itself would take away what somebody is reading. */
const script = `setInterval(async () => {
  const answer = await fetch('/').catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const shown = document.querySelector('main');
  const made = fresh.querySelector('main');
  if (shown.innerHTML === made.innerHTML) return;
  document.title = fresh.title;
  shown.replaceChildren(...made.childNodes);
}, 5000);
`;

/** The mail's own page may load and run nothing; its links open in a new tab. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

interface InboxDeps {
  readonly mails: () => readonly StoredMail[];
  /** The alarms that whoever runs the house would be told of. */
  readonly alarms: () => readonly RaisedAlarm[];
}

/** Pages that show every accepted mail: HTML, plain text, headers and source; and what is in alarm. */
export function inboxPage({ mails, alarms }: InboxDeps): Hono {
  const app = new Hono();
  const find = (id: string) => mails().find(({ messageId }) => messageId === id);
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', pagePolicy);
  });
  app.get('/', async (context) => {
    const listed = mails().map(async (mail) => ({ mail, subject: (await readMail(mail.raw)).subject }));
    return context.html(html`<!doctype html>${<MailList mails={await Promise.all(listed)} alarms={alarms()} />}`);
  });
  app.get('/inbox.js', (context) => context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  app.get('/mails/:id', async (context) => {
    const mail = find(context.req.param('id'));
    if (!mail) return context.notFound();
    return context.html(html`<!doctype html>${<MailPage mail={mail} content={await readMail(mail.raw)} />}`);
  });
  app.get('/mails/:id/html', async (context) => {
    const mail = find(context.req.param('id'));
    const content = mail && (await readMail(mail.raw)).html;
    if (content === undefined) return context.notFound();
    context.header('Content-Security-Policy', mailPolicy);
    return context.html(content.replace(/<head[^>]*>/i, '$&<base target="_blank">'));
  });
  app.get('/mails/:id/source.eml', (context) => {
    const mail = find(context.req.param('id'));
    if (!mail) return context.notFound();
    return context.body(new Uint8Array(mail.raw), 200, { 'Content-Type': 'message/rfc822' });
  });
  return app;
}

function Page({ title, isLive = false, children }: { title: string; isLive?: boolean; children: Child }) {
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

const timeOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

interface MailListProps {
  readonly mails: readonly { mail: StoredMail; subject: string }[];
  readonly alarms: readonly RaisedAlarm[];
}

function MailList({ mails, alarms }: MailListProps) {
  return (
    <Page title={`Inbox (${mails.length})`} isLive>
      <h1>{mails.length === 0 ? 'No mail yet' : mails.length === 1 ? '1 mail' : `${mails.length} mails`}</h1>
      {alarms.length > 0 && <Alarms alarms={alarms} />}
      <ul class="mails">
        {mails.toReversed().map(({ mail, subject }) => (
          <li>
            <a href={`/mails/${mail.messageId}`}>{subject || '(no subject)'}</a>
            <span class="soft small">
              to {mail.to.join(', ')} · {timeOf(mail.at)}
              {mail.simulated && ` · ${mail.simulated}`}
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Alarms({ alarms }: Pick<MailListProps, 'alarms'>) {
  return (
    <section class="problems" role="alert" aria-labelledby="alarms">
      <h2 id="alarms">In alarm</h2>
      <ul>
        {alarms.map(({ description, since }) => (
          <li>
            {description} <small>since {timeOf(since)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function MailPage({ mail, content }: { mail: StoredMail; content: ReadableMail }) {
  return (
    <Page title={content.subject || '(no subject)'}>
      <article class="mail">
        <h1>{content.subject || '(no subject)'}</h1>
        <p class="soft small">
          {mail.from} to {mail.to.join(', ')} · {timeOf(mail.at)}
        </p>
        <p class="links">
          <a href="/">All mails</a>
          <a href={`/mails/${mail.messageId}/source.eml`}>Source</a>
        </p>
        {content.html !== undefined && (
          <iframe
            title="HTML"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            src={`/mails/${mail.messageId}/html`}
          />
        )}
        <details open={content.html === undefined}>
          <summary>Plain text</summary>
          <pre>{content.text ?? '(none)'}</pre>
        </details>
        <details>
          <summary>Headers</summary>
          <table class="headers">
            {content.headers.map(([name, value]) => (
              <tr>
                <th>{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </table>
        </details>
      </article>
    </Page>
  );
}
