import { describe, expect, it } from '@jest/globals';
import { inboxPage } from '../../../../cli/local/mail/inbox-page.js';
import type { StoredMail } from '../../../../cli/local/mail/mail-store.js';
import { stylesheet } from '../../../../lambdas/serve-pages/frame/pages/stylesheet.js';

const crlf = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'utf8');

const digest = crlf(
  'From: Papers <digest@papers.example>',
  'To: reader@mail.example',
  'Subject: =?UTF-8?Q?Papers_=E2=80=93?=',
  ' =?UTF-8?B?IDxiPg==?=',
  'List-Id: <papers.example>',
  'Content-Type: multipart/alternative; boundary="=_cut"',
  '',
  '--=_cut',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('Caf\u00e9 <script>alert(1)</script>').toString('base64'),
  '--=_cut',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<html><head><title>x</title></head><body>Caf=C3=A9 on a long =',
  'line</body></html>',
  '--=_cut--',
  '',
);

const mail = (messageId: string, raw = digest): StoredMail => ({
  messageId,
  at: Date.parse('2026-03-04T05:06:07Z'),
  from: 'digest@papers.example',
  to: ['reader@mail.example'],
  tags: {},
  raw,
});

const page = async (
  path: string,
  mails: readonly StoredMail[] = [mail('m1'), mail('m2', crlf('Subject: Plain', '', 'Hi'))],
) => {
  const response = await inboxPage({ mails: () => mails, alarms: () => [] }).request(path);
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy'),
    text: await response.text(),
  };
};

describe('the inbox page', () => {
  it('lists mails newest first with recipient, subject and time', async () => {
    const { text } = await page('/');
    expect(text.indexOf('Plain')).toBeLessThan(text.indexOf('Papers \u2013 &lt;b&gt;'));
    expect(text).toContain('to reader@mail.example · 2026-03-04 05:06 UTC');
  });

  it('shows the HTML in a sandbox that loads nothing, its links opening beside it', async () => {
    expect((await page('/mails/m1')).text).toContain('<iframe title="HTML" sandbox="allow-popups');
    const html = await page('/mails/m1/html');
    expect(html.text).toContain('<head><base target="_blank"><title>x</title>');
    expect(html.text).toContain('Café on a long line');
    expect(html.policy).toMatch(/^default-src 'none'.*; sandbox /);
  });

  it('shows the plain text and the headers, escaped', async () => {
    const { text } = await page('/mails/m1');
    expect(text).toContain('Café &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('<th>List-Id</th><td>&lt;papers.example&gt;</td>');
    expect(text).not.toContain('<script>');
  });

  it('looks like the pages that readers see, runs one script of its own, and loads nothing from elsewhere', async () => {
    for (const path of ['/', '/mails/m1']) {
      const { text, policy } = await page(path);
      expect(text).toContain(stylesheet.text);
      expect(text).not.toMatch(/(?:src|href)="(?!\/)/);
      expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self';/);
    }
    expect((await page('/')).text).toContain('<script src="/inbox.js" defer="">');
    expect((await page('/mails/m1')).text).not.toContain('<script');
    expect((await page('/')).text).not.toContain('http-equiv="refresh"');
    expect((await page('/inbox.js')).text).toContain("fetch('/')");
  });

  it('counts its mails, and has its heading before the alarms', async () => {
    expect((await page('/')).text).toContain('<h1>2 mails</h1>');
    expect((await page('/', [])).text).toContain('<h1>No mail yet</h1>');
    const alarms = [{ id: 'Alarm', description: 'Pages <fail>', since: Date.parse('2026-03-04T05:06:07Z') }];
    const text = await (await inboxPage({ mails: () => [mail('m1')], alarms: () => alarms }).request('/')).text();
    expect(text).toMatch(/<h1>1 mail<\/h1>.*role="alert".*<h2 id="alarms">In alarm<\/h2>.*Pages &lt;fail&gt;/s);
  });

  it('gives a mail without a subject a name', async () => {
    const { text } = await page('/mails/m3', [mail('m3', crlf('Subject: ', '', 'Hi'))]);
    expect(text).toContain('<h1>(no subject)</h1>');
    expect(text).toContain('<title>(no subject)</title>');
  });

  it('gives the source as it was sent', async () => {
    expect((await page('/mails/m1/source.eml')).text).toBe(digest.toString());
  });

  it('answers 404 for a mail that is not there, or has no HTML', async () => {
    expect((await page('/mails/none')).status).toBe(404);
    expect((await page('/mails/m2/html')).status).toBe(404);
  });
});
