import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { digestParts } from '../../../shared/mail/digest/digest-parts.js';
import { aDigest, aDigestPaper, papers } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&lt;</td></table>';

describe('the mail of a digest', () => {
  it('shows the same in HTML and text', () => {
    const mail = composeDigest(aDigest({ papers: papers(2, { codeUrl: 'https://github.com/moss/maps' }) }));
    const shown = [
      'Friday, 7 August 2026',
      'Paper number 2 on maps',
      'Ada Moss and Ben Reed',
      'Maps · “cities”',
      '+48 upvotes in 9 h',
      'It works on three cities.',
      '1 Long Lane, 12345 Smalltown',
      'reader@example.net',
    ];
    const html = readHtml(mail.html);
    for (const text of shown) {
      expect(html.text).toContain(text);
      expect(mail.text.replace(/\s+/g, ' ')).toContain(text);
    }
    for (const link of new Set(html.links)) expect(mail.text).toContain(link);
    expect(html.links).toContain('https://paperboy.example.org/unsubscribe?token=u1');
    expect(html.links).toContain('https://github.com/moss/maps');
  });

  it('leads once to what can be left out, in HTML and text, where the digest has such a link', () => {
    const lessUrl = 'https://paperboy.example.org/less?token=l1&x="';
    const mail = composeDigest(aDigest({ papers: papers(5), lessUrl }));
    expect(readHtml(mail.html).links.filter((link) => link === lessUrl)).toHaveLength(1);
    expect(mail.text.split(`Less of something? Choose here:\n${lessUrl}\n`)).toHaveLength(2);
    const without = composeDigest(aDigest({ papers: papers(5) }));
    for (const text of [without.html, without.text]) expect(text).not.toContain('Less of something');
  });

  it('lets every paper be pressed: by a link for each press in HTML, one in a line; in text, by one link for all', () => {
    const likeUrl = 'https://paperboy.example.org/like?token=k1&x="';
    const shown = papers(6);
    const mail = composeDigest(aDigest({ papers: shown, likeUrl }));
    const pages = shown.map(({ paper }) => `${likeUrl}&paper=${paper.id}`);
    const links = readHtml(mail.html).links.filter((link) => link.startsWith(likeUrl));
    const cards = pages.slice(0, 4).flatMap((page) => ['more', 'less', 'read'].map((want) => `${page}&want=${want}`));
    expect(links).toEqual([...cards, ...pages.slice(4)]);
    expect(mail.text).toContain(`More or less like one of these, or already read? Choose here:\n${likeUrl}\n\n`);
    expect(mail.text.split(likeUrl)).toHaveLength(2);
    const without = composeDigest(aDigest({ papers: shown }));
    for (const text of [without.html, without.text])
      expect(text).not.toMatch(/like this|like one of these|have read|already read/);
  });

  it('lets a paper of which no rise is known be pressed in its line, too', () => {
    const likeUrl = 'https://paperboy.example.org/like?token=k1';
    const still = papers(6).map((paper) => ({ ...paper, counts: {}, score: { value: 0, parts: [] } }));
    const { html } = composeDigest(aDigest({ papers: still, likeUrl }));
    expect(html).not.toContain('upvotes');
    for (const { paper } of still.slice(4)) expect(readHtml(html).links).toContain(`${likeUrl}&paper=${paper.id}`);
  });

  it('shows hostile text as text', () => {
    const clean = composeDigest(aDigest({ papers: [aDigestPaper({ organisation: 'x' })] }));
    const texts: Partial<Paper> = {
      title: hostile,
      abstract: hostile,
      authors: [hostile, hostile],
      organisation: hostile,
    };
    const paper = { ...aDigestPaper(texts), reasons: [{ topic: hostile, words: [hostile] }] };
    const mail = composeDigest(
      aDigest({ papers: [paper], postalAddress: hostile, sender: 'Paperboy" <post@example.org>' }),
    );
    expect(readHtml(mail.html).tags).toEqual(readHtml(clean.html).tags);
  });

  it('shows any text as text', () => {
    const tags = readHtml(composeDigest(aDigest()).html).tags;
    const markup = fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', '<slot></slot>', '-->', 'a', '\n', '\u0000'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(markup, (text) => {
        const paper = aDigestPaper({ title: `t${text}`, abstract: `a${text}`, authors: [`n${text}`] });
        expect(readHtml(composeDigest(aDigest({ papers: [paper], postalAddress: text })).html).tags).toEqual(tags);
      }),
    );
  });

  it('loads nothing from anywhere and runs nothing', () => {
    const { html } = composeDigest(aDigest({ papers: papers(3) }));
    const { tags } = readHtml(html);
    for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'form', 'svg']) expect(tags).not.toContain(tag);
    expect(html).not.toMatch(/url\(|@import|src=|background=/);
  });

  it('stays below the size at which Gmail clips, with 25 long papers', () => {
    const long: Partial<Paper> = {
      title: 'A Very Long Title About Reading Maps '.repeat(6),
      abstract: 'We walk through one more city & count its "bridges". '.repeat(40),
      authors: Array.from({ length: 533 }, (_, at) => `Bartholomew Author-Number ${at}`),
      organisation: 'The International Institute of Cartographic Machine Learning',
      codeUrl: 'https://github.com/international-institute/cartographic-machine-learning',
      projectUrl: 'https://international-institute.example/projects/cartographic-machine-learning/index.html',
    };
    expect(Buffer.byteLength(composeDigest(aDigest({ papers: papers(25, long) })).html)).toBeLessThan(60 * 1024);
  });

  it('shows nothing of how papers are ranked, and leads to the page that explains it', () => {
    const heldBack = { signal: 'submitter' as const, points: -1, place: 3 };
    const shown = papers(6).map((paper) => ({
      ...paper,
      score: { ...paper.score, parts: [...paper.score.parts, heldBack] },
    }));
    const { html, text } = composeDigest(aDigest({ papers: shown }));
    for (const part of [readHtml(html).text, text]) {
      expect(part).not.toMatch(/formula|submitter|held back|score/i);
      expect(part).toContain('Why this order?');
    }
    expect(readHtml(html).links).toContain('https://paperboy.example.org/how');
  });

  it('says beside the masthead how the day was, and nothing where there is nothing to say', () => {
    const dayLine = '3 new since yesterday; arXiv was late.';
    for (const part of [composeDigest(aDigest({ dayLine })).html, composeDigest(aDigest({ dayLine })).text]) {
      expect(part.indexOf(dayLine)).toBeGreaterThan(part.indexOf('7 August 2026'));
      expect(part.indexOf(dayLine)).toBeLessThan(part.indexOf('Ada Moss'));
    }
    const { html, text } = composeDigest(aDigest({ dayLine: '' }));
    expect(html).not.toMatch(/<p[^>]*><\/p>|<td[^>]*><\/td>/);
    expect(text).toMatch(/^PAPERBOY\nFriday, 7 August 2026\n\n 1\. /);
  });

  it('heads what is in brief, where something is', () => {
    const brief = (count: number) => composeDigest(aDigest({ papers: papers(count) }));
    expect(readHtml(brief(5).html).text).toMatch(/Paper number 4.*In brief.*Paper number 5/s);
    expect(brief(5).text).toContain('\n\nIN BRIEF\n\n 5. Paper number 5');
    for (const part of [brief(4).html, brief(4).text]) expect(part).not.toMatch(/in brief/i);
  });

  it('renders a card once for all mails of an edition', () => {
    const parts = digestParts(aDigest().edition);
    const first = parts.card(aDigestPaper(), 'lead');
    expect(parts.card(aDigestPaper(), 'lead')).toBe(first);
    const shared = composeDigest(aDigest(), parts);
    expect(shared).toEqual(composeDigest(aDigest()));
  });

  it('offers one-click unsubscribe by exactly one address', () => {
    expect(composeDigest(aDigest()).headers).toEqual({
      'List-Id': 'Paperboy <paperboy.example.org>',
      'List-Unsubscribe': '<https://paperboy.example.org/unsubscribe?token=u1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Help': '<https://paperboy.example.org/how>',
      'List-Archive': '<https://paperboy.example.org/search>',
      'Auto-Submitted': 'auto-generated',
    });
  });
});

describe('the text of a digest', () => {
  it('wraps at 72 columns, except for links', () => {
    const { text } = composeDigest(
      aDigest({ papers: papers(12, { abstract: 'We count the bridges of a city. '.repeat(12) }) }),
    );
    for (const line of text.split('\n')) if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(72);
  });

  it('numbers the papers', () => {
    const { text } = composeDigest(aDigest({ papers: papers(10) }));
    expect(text).toContain(
      '\n 1. Paper number 1 on maps\n    Maps · “cities”\n    Ada Moss and Ben Reed · cs.CL, cs.AI\n',
    );
    expect(text).toContain('\n10. Paper number 10 on maps\n');
  });

  it('ends with how to leave and who sent it', () => {
    const { text } = composeDigest(aDigest());
    const end = text.slice(text.lastIndexOf('-'.repeat(72)));
    expect(end).toContain('\nUnsubscribe:\nhttps://paperboy.example.org/unsubscribe?token=u1\n');
    expect(end).toContain('Sent by Paperboy, 1 Long Lane, 12345 Smalltown');
  });

  it('draws how a paper’s upvotes rose where that is known, in HTML for eyes alone, and names a paper that came back', () => {
    const known = { ...aDigestPaper(), curve: [0, 4, 30], lane: 'resurfaced' as const };
    const { html, text } = composeDigest(aDigest({ papers: [known] }));
    expect(html).toMatch(/<span class="accent" aria-hidden="true"[^>]*>▁▂█<\/span> 30 upvotes/);
    expect(html).toContain('>Resurfaced: +48 upvotes');
    expect(text).toContain('Resurfaced: +48 upvotes');
    expect(text.replace(/\s+/g, ' ')).toMatch(/Resurfaced: \+48 upvotes[^;]* ▁▂█ 30 upvotes/);
    const { html: plainHtml, text: plainText } = composeDigest(aDigest());
    for (const part of [plainHtml, plainText]) expect(part).not.toMatch(/[▁-█]/);
  });
});
