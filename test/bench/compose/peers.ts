import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, toPlainText } from '@react-email/render';
import Handlebars from 'handlebars';
import MailComposer from 'nodemailer/lib/mail-composer';
import { createElement as h, type ReactNode } from 'react';
import type { DigestView } from '../../../shared/mail/digest/digest.js';

type Paper = DigestView['papers'][number];

/** What a mail shows and says in its header, ready to be laid out. */
export interface PeerMail {
  readonly view: DigestView;
  readonly orderUrl: string;
  readonly editionUrl: string;
  readonly sentBy: string;
  readonly thanks: string;
  readonly envelope: { readonly from: string; readonly to: string; readonly messageId: string };
  readonly headers: Readonly<Record<string, string>>;
}

const muted = { margin: '0 0 6px', fontSize: 14, lineHeight: 1.4, color: '#565e67' };
const running = { margin: '0 0 10px', fontSize: 16, lineHeight: 1.45, color: '#1b1f24' };
const accent = { ...muted, fontWeight: 600, color: '#9a3b12' };
const link = { color: '#0a53be', textDecoration: 'underline' };

const aboutOf = ({ card, size }: Paper) =>
  size === 'line' ? '' : [card.authors, card.organisation].filter((part) => part !== '').join(' · ');
const linksOf = ({ card, size }: Paper) => (size === 'line' ? [] : card.links);
const row = (key: string | number, ...children: ReactNode[]) =>
  h('tr', { key }, h('td', { style: { padding: '14px 16px 6px', borderBottom: '1px solid #e1e4e8' } }, ...children));

function Card({ paper, number }: { readonly paper: Paper; readonly number: number }) {
  const { card } = paper;
  const title = h('a', { href: card.links[0].url, style: { color: '#1b1f24' } }, card.title);
  return row(
    number,
    h('h2', { style: { margin: '0 0 5px', fontSize: 18 } }, h('span', { style: muted }, number), ' ', title),
    h('p', { style: accent }, h('b', null, paper.reason.topics), ' ', paper.reason.words),
    aboutOf(paper) && h('p', { style: muted }, aboutOf(paper)),
    card.summary && h('p', { style: running }, card.summary),
    card.aiSummary && h('p', { style: muted }, h('b', null, 'AI summary:'), ' ', card.aiSummary),
    h('p', { style: running }, card.rise, ' ', h('span', { style: muted }, card.sparkline, ' ', card.totals)),
    linksOf(paper).map(({ label, url }) =>
      h('a', { key: url, href: url, style: link, 'aria-label': `${label}: ${card.title}` }, label, ' '),
    ),
  );
}

function Page({ view, orderUrl, editionUrl, sentBy, thanks }: PeerMail) {
  const firstLine = view.papers.findIndex(({ size }) => size === 'line');
  const cards = view.papers.map((paper, at) => h(Card, { key: at, paper, number: at + 1 }));
  const heading = row('brief', h('h2', { style: accent }, 'In brief'));
  const rows = firstLine < 0 ? cards : [...cards.slice(0, firstLine), heading, ...cards.slice(firstLine)];
  const links = view.footer.links.map(({ label, url }) => h('a', { key: url, href: url, style: link }, label, ' '));
  return h(
    'html',
    { lang: 'en' },
    h('head', null, h('meta', { charSet: 'utf-8' }), h('title', null, view.subject)),
    h(
      'body',
      { style: { margin: 0, backgroundColor: '#f3f4f6' } },
      h('div', { style: { display: 'none' } }, view.preheader),
      h(
        'table',
        { role: 'presentation', width: '100%', style: { maxWidth: 600, margin: '0 auto' } },
        h(
          'tbody',
          null,
          row('head', h('h1', null, 'Paperboy'), h('p', { style: muted }, view.date)),
          view.dayLine && row('day', h('p', { style: running }, view.dayLine)),
          rows,
          row(
            'all',
            h('p', { style: running }, view.matched, ' ', h('a', { href: view.seeAll.url }, view.seeAll.label)),
          ),
          row('more', h('a', { href: orderUrl }, 'Why this order?'), ' ', h('a', { href: editionUrl }, 'All')),
          row('end', links, ...[view.footer.reason, sentBy, thanks].map((text) => h('p', { style: muted }, text))),
        ),
      ),
    ),
  );
}

function mime({ view, envelope, headers }: PeerMail, html: string, text: string): Promise<Buffer> {
  const mail = { ...envelope, subject: view.subject, headers, html, text, encoding: 'quoted-printable' };
  return new MailComposer({ ...mail, date: new Date() }).compile().build();
}

/** React's page of the mail, and its text from that HTML, then nodemailer's MIME. */
export async function byReactEmail(mail: PeerMail): Promise<Buffer> {
  const html = await render(h(Page, mail));
  return mime(mail, html, toPlainText(html));
}

const textTemplate = `PAPERBOY
{{date}}

{{dayLine}}

{{#each papers}}{{number}}. {{card.title}}
{{reason.topics}} {{reason.words}}
{{about}}
{{card.summary}}
{{card.rise}} {{card.totals}}
{{#each links}}{{label}}: {{url}}
{{/each}}
{{/each}}
{{matched}} {{seeAll.label}}: {{seeAll.url}}
Why this order? {{orderUrl}}
The whole edition: {{editionUrl}}
{{#each footer.links}}{{label}}: {{url}}
{{/each}}
{{footer.reason}}
{{sentBy}}
{{thanks}}
`;

/** Handlebars over the page that MJML made of `digest.mjml` (\`npx mjml@5.4.1 --config.minify true\`), then nodemailer's MIME. */
export function byHandlebars(folder: string): (mail: PeerMail) => Promise<Buffer> {
  const page = Handlebars.compile(readFileSync(join(folder, 'digest.hbs'), 'utf8'));
  const plain = Handlebars.compile(textTemplate, { noEscape: true });
  return async (mail) => {
    const { view, orderUrl, editionUrl, sentBy, thanks } = mail;
    const firstLine = view.papers.findIndex(({ size }) => size === 'line');
    const papers = view.papers.map((paper, at) => ({
      ...paper,
      number: at + 1,
      isFirstLine: at === firstLine,
      url: paper.card.links[0].url,
      about: aboutOf(paper),
      links: linksOf(paper).map(({ label, url }) => ({ label, url, about: paper.card.title })),
    }));
    const shown = { ...view, title: view.subject, papers, orderUrl, editionUrl, sentBy, thanks };
    return mime(mail, page(shown), plain(shown));
  };
}
