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
  topics: ['LLM serving', 'Diffusion'],
  ownFilters: 2,
  hour: 7,
  ...base,
};
const welcome: WelcomeNotice = {
  kind: 'welcome',
  editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
  listId: 'paperboy.example.org',
  next: 'tomorrow, Friday, at 7 a.m. (New York time)',
  ...base,
  ...own,
};
const goodbye: Extract<Notice, { kind: 'goodbye' }> = {
  kind: 'goodbye',
  undoUrl: 'https://paperboy.example.org/unsubscribe/undo?token=r1',
  eraseUrl: 'https://paperboy.example.org/preferences/erase?token=p1',
  undoDays: 30,
  ...base,
};
const alreadySubscribed: Extract<Notice, { kind: 'already-subscribed' }> = {
  kind: 'already-subscribed',
  hour: 7,
  timeZone: 'America/New_York',
  isPaused: false,
  ...base,
  ...own,
};
const firstDigest: WelcomeNotice = { ...welcome, digest: aDigest({ papers: papers(2) }) };
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

  it('repeats the catalogue’s topics and the hour; of filters that were typed, only how many', () => {
    const asked = (over: object) => inOneLine(composeNotice({ ...confirmation, ...over }).text);
    expect(asked({})).toContain(
      'papers on LLM serving and Diffusion, and papers that match 2 filters of your own, at 7 a.m. in the time zone',
    );
    expect(asked({ topics: [], ownFilters: 1, hour: 12 })).toContain(
      'What was asked for: papers that match a filter of your own, at noon in',
    );
    const names = Array.from({ length: 9 }, (_, at) => `Topic ${at + 1}`);
    expect(asked({ topics: names, ownFilters: 0 })).toContain('Topic 5, Topic 6 and 3 more topics, at 7 a.m.');
    expect(asked({ topics: names.slice(0, 7), ownFilters: 0 })).toContain('Topic 6 and Topic 7, at');
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
    expect(inOneLine(mail.text)).toContain('Your first digest comes tomorrow, Friday, at 7 a.m. (New York time)');
    expect(mail.headers).toMatchObject(oneClick);
  });

  it('promises nothing on quiet days but to those who asked for it', () => {
    const told = (over: Partial<WelcomeNotice>) => inOneLine(composeNotice({ ...welcome, ...over }).text);
    expect(told({})).toContain('On days without new papers in your topics, we send nothing.');
    expect(told({ quietDays: 'best-unseen' })).toContain('you get the best papers outside them');
    expect(told({ quietDays: 'best-unseen' })).not.toContain('we send nothing');
    const { digest } = firstDigest;
    expect(told({ digest: digest! })).toContain('if there are new papers in your topics');
    expect(told({ digest: digest!, quietDays: 'best-unseen' })).not.toContain('if there are new papers');
  });

  it('brings the digest under a greeting, with cards that are rendered once for an edition', () => {
    const parts = digestParts();
    const mail = composeNotice(firstDigest, parts);
    expect(mail.subject).toBe('Welcome to Paperboy');
    const html = readHtml(mail.html).text;
    expect(html.indexOf('Your subscription is confirmed.')).toBeLessThan(html.indexOf('Paper number 1 on maps'));
    for (const shown of [html, inOneLine(mail.text)]) {
      expect(shown).toContain('Your next digest comes tomorrow, Friday, at 7 a.m. (New York time)');
      expect(shown).toContain('All 2 papers that matched your topics today.');
      expect(shown).toContain('Paper number 2 on maps');
    }
    expect(mail.headers).toMatchObject(oneClick);
    expect(composeNotice(firstDigest)).toEqual(mail);
  });
});

it('says goodbye with the way back and a way to be erased, and nothing to unsubscribe from', () => {
  const { text, headers, html } = composeNotice(goodbye);
  expect(text).toContain('This is the last email');
  expect(readHtml(html).links).toEqual([goodbye.undoUrl, goodbye.eraseUrl]);
  expect(text).toContain('works for 30 days');
  expect(Object.keys(headers)).toEqual(['Auto-Submitted']);
});

it('tells who is subscribed already that nothing has changed, and shows no address', () => {
  const { text, html, headers } = composeNotice(alreadySubscribed);
  expect(inOneLine(text)).toContain('nothing has changed');
  expect(readHtml(html).links).toEqual([own.preferencesUrl, own.unsubscribeUrl]);
  for (const part of [html, text]) expect(part).not.toContain('reader');
  expect(headers['List-Unsubscribe']).toBe(`<${own.unsubscribeUrl}>`);
});

it('tells who is subscribed already when their digests come, or that they are paused', () => {
  const told = (isPaused: boolean) => inOneLine(composeNotice({ ...alreadySubscribed, isPaused }).text);
  expect(told(false)).toContain('as before, at 7 a.m. (New York time)');
  expect(told(true)).toContain('paused at the moment');
});
