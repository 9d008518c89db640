import { describe, expect, it } from '@jest/globals';
import { digestParts } from '../../../shared/mail/digest/digest-parts.js';
import { composeNotice } from '../../../shared/mail/notice/compose-notice.js';
import type { Notice, WelcomeNotice } from '../../../shared/mail/notice/notice.js';
import { aDigest, papers } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

const base = {
  to: 'reader@example.net',
  sender: 'Paperboy <post@example.org>',
  postalAddress: '1 Long Lane, 12345 Smalltown',
};
const own = {
  preferencesUrl: 'https://paperboy.example.org/preferences?token=p1',
  unsubscribeUrl: 'https://paperboy.example.org/unsubscribe?token=u1',
};
const confirmation: Notice = {
  kind: 'confirmation',
  confirmUrl: 'https://paperboy.example.org/confirm?token=s1.r1',
  ...base,
};
const welcome: WelcomeNotice = {
  kind: 'welcome',
  editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
  listId: 'paperboy.example.org',
  hour: 7,
  timeZone: 'America/New_York',
  ...base,
  ...own,
};
const goodbye: Notice = { kind: 'goodbye', formUrl: 'https://paperboy.example.org/', ...base };
const alreadySubscribed: Notice = { kind: 'already-subscribed', ...base, ...own };
const firstDigest: Notice = { ...welcome, digest: aDigest({ papers: papers(2) }) };
const every = [confirmation, welcome, firstDigest, goodbye, alreadySubscribed];

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');

describe.each(every.map((notice) => [notice.kind, notice] as const))('a notice (%s)', (_, notice) => {
  const mail = composeNotice(notice);
  const html = readHtml(mail.html);

  it('offers the same links in HTML and text', () => {
    expect(html.links.length).toBeGreaterThan(0);
    for (const link of html.links) expect(mail.text).toContain(link);
  });

  it('says who sent it, and that no machine should answer', () => {
    for (const text of [html.text, inOneLine(mail.text)]) expect(text).toContain('1 Long Lane, 12345 Smalltown');
    expect(mail.headers['Auto-Submitted']).toBe('auto-generated');
    expect(mail).toMatchObject({ from: base.sender, to: base.to });
  });

  it('wraps its text at 72 columns, except for links', () => {
    for (const line of mail.text.split('\n'))
      if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(72);
  });

  it('shows hostile settings as text', () => {
    const hostile = '"><script>alert(1)</script>';
    const other = composeNotice({ ...notice, postalAddress: hostile, sender: `${hostile} <post@example.org>` });
    expect(readHtml(other.html).tags).toEqual(html.tags);
  });
});

describe('the confirmation mail', () => {
  const { html, text, subject, headers } = composeNotice(confirmation);

  it('has one link, says when it expires, and that nothing needs to be done', () => {
    expect(readHtml(html).links).toEqual(['https://paperboy.example.org/confirm?token=s1.r1']);
    for (const shown of [readHtml(html).text, inOneLine(text)]) {
      expect(shown).toContain('expires in 48 hours');
      expect(shown).toContain('nothing you need to do');
    }
  });

  it('shows no address, and cannot be unsubscribed from', () => {
    for (const part of [html, text, subject]) expect(part).not.toContain('reader');
    expect(Object.keys(headers)).toEqual(['Auto-Submitted']);
  });
});

describe('the welcome', () => {
  const oneClick = {
    'List-Id': 'Paperboy <paperboy.example.org>',
    'List-Unsubscribe': `<${own.unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };

  it('says when the first digest comes where there is none at once', () => {
    const mail = composeNotice(welcome);
    expect(inOneLine(mail.text)).toContain('Your first digest arrives at 07:00 (America/New York)');
    expect(mail.headers).toMatchObject(oneClick);
  });

  it('brings the digest under a greeting, with cards that are rendered once for an edition', () => {
    const parts = digestParts();
    const mail = composeNotice(firstDigest, parts);
    expect(mail.subject).toBe('Welcome to Paperboy');
    const html = readHtml(mail.html).text;
    expect(html.indexOf('Your subscription is confirmed.')).toBeLessThan(html.indexOf('Paper number 1 on maps'));
    for (const shown of [html, inOneLine(mail.text)]) {
      expect(shown).toContain('a digest arrives at 07:00 (America/New York)');
      expect(shown).toContain('All 2 papers that matched your topics today.');
      expect(shown).toContain('Paper number 2 on maps');
    }
    expect(mail.headers).toMatchObject(oneClick);
    expect(composeNotice(firstDigest)).toEqual(mail);
  });
});

it('says goodbye with the way back, and nothing to unsubscribe from', () => {
  const { text, headers, html } = composeNotice(goodbye);
  expect(text).toContain('This is the last email');
  expect(readHtml(html).links).toEqual(['https://paperboy.example.org/']);
  expect(Object.keys(headers)).toEqual(['Auto-Submitted']);
});

it('tells who is subscribed already that nothing has changed, and shows no address', () => {
  const { text, html, headers } = composeNotice(alreadySubscribed);
  expect(inOneLine(text)).toContain('nothing has changed');
  expect(readHtml(html).links).toEqual([own.preferencesUrl, own.unsubscribeUrl]);
  for (const part of [html, text]) expect(part).not.toContain('reader');
  expect(headers['List-Unsubscribe']).toBe(`<${own.unsubscribeUrl}>`);
});
