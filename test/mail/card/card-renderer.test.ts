import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { cardRenderer } from '../../../shared/mail/card/card-renderer.js';
import type { CardSize } from '../../../shared/mail/card/card-view.js';
import { aDigestPaper } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

const sizes: readonly CardSize[] = ['lead', 'lead-own-words', 'short', 'line'];

/** A card's texts, with a number and no reason. */
function shown(paper: Partial<Paper>, size: CardSize, ranked: Partial<ReturnType<typeof aDigestPaper>> = {}) {
  const { html, text } = cardRenderer('2026-08-07' as CalendarDate)({ ...aDigestPaper(paper), ...ranked }, size);
  return {
    html: readHtml(html.upToReason(0).text + html.afterReason.text),
    text: (text.upToReason(0).text.slice(' 1. '.length) + text.afterReason.text).trimEnd(),
  };
}

describe('a card', () => {
  const rich: Partial<Paper> = {
    organisation: 'Map Lab',
    aiSummary: 'Small models read maps.',
    codeUrl: 'https://github.com/moss/maps',
  };

  it('tells of a lead what is known, of a short one less, and in a line its title and its rise', () => {
    const told = (size: CardSize) => {
      const { text } = shown(rich, size).html;
      return ['Ada Moss', 'Map Lab', 'It works on three cities.', 'AI summary: Small', '+48 upvotes', 'Code'].map(
        (part) => text.includes(part),
      );
    };
    expect(told('lead')).toEqual([true, true, true, true, true, true]);
    expect(told('lead-own-words')).toEqual([true, true, true, false, true, true]);
    expect(told('short')).toEqual([true, false, true, false, true, true]);
    expect(told('line')).toEqual([false, false, false, false, true, false]);
  });

  it('leads with the authors’ words, and marks those that are not', () => {
    const { html, text: plain } = shown(rich, 'lead');
    for (const text of [html.text, plain.replace(/\s+/g, ' ')]) {
      expect(text.indexOf('It works on three cities.')).toBeLessThan(text.indexOf('AI summary: Small models'));
      expect(text).toContain('It works on three cities.');
    }
  });

  it('keeps to 420 characters of the abstract in a lead and to 200 in a short card', () => {
    const abstract = `We ${'walk and count bridges and '.repeat(120)}arrive.`;
    const longest = (size: CardSize) =>
      Math.max(
        ...shown({ abstract }, size)
          .html.text.split(/(?=We walk)|(?<=…)/)
          .map((part) => part.length),
      );
    expect(longest('lead')).toBeLessThanOrEqual(420);
    expect(longest('short')).toBeLessThanOrEqual(200);
  });

  it('opens the paper by its title, and says of which paper its other links are', () => {
    const { html } = cardRenderer()(aDigestPaper(rich), 'lead');
    expect(html.upToReason(0).text).toContain('href="https://arxiv.org/abs/2608.00001"');
    const names = [...html.afterReason.text.matchAll(/aria-label="([^"]*)"[^>]*>([^<]*)</g)].map(([, name, label]) => [
      name,
      label,
    ]);
    const title = 'Teaching Small Models to Read Maps';
    expect(names).toEqual(['Paper', 'PDF', 'Code', 'Discussion'].map((label) => [`${label}: ${title}`, label]));
  });

  it('says that a paper was withdrawn', () => {
    for (const size of sizes) {
      const { html, text } = shown({ isWithdrawn: true }, size);
      for (const part of [html.text, text.replace(/\s+/g, ' ')]) expect(part).toContain('withdrawn from arXiv');
    }
  });

  it('keeps a curve and its end value on one line of text, within 72 columns', () => {
    const curve = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233];
    for (let gained = 1; gained < 1e9; gained *= 10) {
      const score = { value: 1, parts: [{ signal: 'upvotes' as const, points: 1, gained, hours: 9, timesCohort: 3 }] };
      const { text } = shown({}, 'short', { score, curve, counts: { upvotes: 233, stars: 7 } });
      const risen = text.split('\n').filter((line) => /upvotes|star/.test(line));
      expect(risen.join('\n')).toMatch(/(?:^|\s)[▁-█]{12} 233 upvotes(?: ·|\n)/);
      for (const line of risen) expect(line.length).toBeLessThanOrEqual(72);
    }
  });

  it('says nothing of what holds a paper back', () => {
    const score = { value: 1, parts: [{ signal: 'submitter' as const, points: -1, place: 3 }] };
    for (const size of sizes) {
      const { html, text } = shown({}, size, { score, counts: {} });
      for (const part of [html.text, text]) expect(part).not.toMatch(/submitter|held|rank|paper 3/i);
    }
  });
});

const odd: Readonly<Record<string, Partial<Paper>>> = {
  'no abstract': { abstract: '' },
  'no authors': { authors: [] },
  'nothing but its id': { title: '', abstract: '', authors: [], categories: [], sources: [] },
  'one sentence of 3,000 characters': { abstract: `We ${'walk on '.repeat(375)}.` },
  'only TeX': { title: '$\\mathcal{O}(n^2)$', abstract: '$$\\int_0^1 x\\,dx$$', authors: ['$\\alpha$'] },
  '600 authors': { authors: Array.from({ length: 600 }, (_, at) => `Author Number ${at}`) },
  'an author of 3,000 characters': { authors: ['Name '.repeat(600)] },
  'links that are none': { codeUrl: 'none', projectUrl: 'javascript:alert(1)', sources: [] },
  'one word of a million letters': { title: 'a'.repeat(1_000_000), abstract: 'b'.repeat(1_000_000) },
};

describe.each(Object.entries(odd))('a card of a paper with %s', (_, paper) => {
  it.each(sizes)('has a title, a link, and no empty line (%s)', (size) => {
    const { html, text } = shown(paper, size);
    expect(html.links[0]).toBe('https://arxiv.org/abs/2608.00001');
    for (const link of html.links) expect(link).toMatch(/^https:\/\/(arxiv\.org|huggingface\.co)\//);
    expect(html.text.length).toBeLessThan(1500);
    expect(text).toContain('https://arxiv.org/abs/2608.00001');
    expect(text).toMatch(/^\S/);
    expect(text).not.toMatch(/\n\s*\n\s*\n|\n$/);
    expect(`${html.text}${text}`).not.toMatch(/undefined|null|NaN|· ·|· \n/);
  });
});

it('shows the id of a paper without a title', () => {
  expect(shown({ title: '' }, 'line').html.text).toContain('2608.00001');
});
