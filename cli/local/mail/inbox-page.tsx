import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { RaisedAlarm } from '../alarms/alarms.js';
import type { StoredMail } from './mail-store.js';
import { type ReadableMail, readMail } from './read-mail.js';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
ul { list-style: none; padding: 0; }
li { border-top: 1px solid #8886; padding: .6rem 0; }
li a { display: block; font-weight: 600; overflow-wrap: anywhere; }
small, th { color: #777; font-weight: 400; }
iframe { background: #fff; border: 1px solid #8886; box-sizing: border-box; height: 75vh; width: 100%; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; }
th { padding-right: 1rem; text-align: left; vertical-align: top; white-space: nowrap; }
td { overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .5rem 0; }
`;

/** The mail's own page may load and run nothing; its links open in a new tab. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";

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

function Page({ title, refresh, children }: { title: string; refresh?: boolean; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh && <meta http-equiv="refresh" content="10" />}
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>{children}</body>
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
    <Page title={`Inbox (${mails.length})`} refresh>
      {alarms.length > 0 && (
        <section role="alert">
          <h2>In alarm</h2>
          <ul>
            {alarms.map(({ description, since }) => (
              <li>
                {description} <small>since {timeOf(since)}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <h1>Inbox</h1>
      {mails.length === 0 && <p>No mail yet.</p>}
      <ul>
        {mails.toReversed().map(({ mail, subject }) => (
          <li>
            <a href={`/mails/${mail.messageId}`}>{subject || '(no subject)'}</a>
            <small>
              to {mail.to.join(', ')} · {timeOf(mail.at)}
              {mail.simulated && ` · ${mail.simulated}`}
            </small>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function MailPage({ mail, content }: { mail: StoredMail; content: ReadableMail }) {
  return (
    <Page title={content.subject}>
      <p>
        <a href="/">Inbox</a>
      </p>
      <h1>{content.subject}</h1>
      <p>
        <small>
          {mail.from} to {mail.to.join(', ')} · {timeOf(mail.at)} ·{' '}
          <a href={`/mails/${mail.messageId}/source.eml`}>source</a>
        </small>
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
        <table>
          {content.headers.map(([name, value]) => (
            <tr>
              <th>{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </table>
      </details>
    </Page>
  );
}
