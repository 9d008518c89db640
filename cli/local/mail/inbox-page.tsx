import { Hono } from 'hono';
import { html } from 'hono/html';
import type { StatusView } from '../../house/status/describe-status.js';
import type { RaisedAlarm } from '../alarms/alarms.js';
import { AdminPage } from './admin-page.js';
import { Page, timeOf } from './inbox-frame.js';
import type { StoredMail } from './mail-store.js';
import { type ReadableMail, readMail } from './read-mail.js';

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
  /** How to read how everything is going; `undefined` where nobody can tell. */
  readonly status?: () => (() => Promise<StatusView>) | undefined;
}

/** Pages that show every accepted mail: HTML, plain text, headers and source; what is in alarm; and the admin's page. */
export function inboxPage({ mails, alarms, status = () => undefined }: InboxDeps): Hono {
  const app = new Hono();
  const find = (id: string) => mails().find(({ messageId }) => messageId === id);
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', pagePolicy);
  });
  app.get('/', async (context) => {
    const listed = mails().map(async (mail) => ({ mail, subject: (await readMail(mail.raw)).subject }));
    return context.html(
      html`<!doctype html>${<MailList mails={await Promise.all(listed)} alarms={alarms()} hasAdmin={status() !== undefined} />}`,
    );
  });
  app.get('/admin', async (context) => {
    const read = status();
    if (!read) return context.notFound();
    return context.html(html`<!doctype html>${<AdminPage {...(await read())} />}`);
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

interface MailListProps {
  readonly mails: readonly { mail: StoredMail; subject: string }[];
  readonly alarms: readonly RaisedAlarm[];
  readonly hasAdmin: boolean;
}

function MailList({ mails, alarms, hasAdmin }: MailListProps) {
  return (
    <Page title={`Inbox (${mails.length})`} isLive>
      <h1>{mails.length === 0 ? 'No mail yet' : mails.length === 1 ? '1 mail' : `${mails.length} mails`}</h1>
      {hasAdmin && (
        <p class="links">
          <a href="/admin">How everything is going</a>
        </p>
      )}
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
