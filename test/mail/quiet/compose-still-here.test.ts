import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { composeStillHere } from '../../../shared/mail/quiet/compose-still-here.js';
import type { StillHere } from '../../../shared/mail/quiet/still-here.js';
import { aDigestPaper } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

const paper = (title: string, id = '2608.00001') => aDigestPaper({ title }, id);
const aNote = (over: Partial<StillHere> = {}): StillHere => ({
  to: 'reader@example.net',
  sender: 'Paperboy <post@example.org>',
  postalAddress: '1 Long Lane, 12345 Smalltown',
  preferencesUrl: 'https://paperboy.example.org/preferences?token=p1',
  unsubscribeUrl: 'https://paperboy.example.org/unsubscribe?token=u1',
  edition: '2026-08-07' as CalendarDate,
  editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
  listId: 'paperboy.example.org',
  quietEditions: 8,
  surroundings: {
    topics: [
      { name: 'Whales', sentBefore: 0 },
      { name: 'Maps', sentBefore: 2 },
    ],
    closest: [{ ranked: paper('Songs of the Deep'), topic: 'Whales', words: ['songs', 'deep'] }],
    best: [paper('Rising Tides', '2608.00002')],
  },
  sources: ['Hugging Face listed nothing on Thursday.'],
  mayHaveBest: true,
  ...over,
});
const inOneLine = (text: string) => text.replace(/\s+/g, ' ');
const bothOf = (note: StillHere) => {
  const mail = composeStillHere(note);
  return [readHtml(mail.html).text, mail.text].map(inOneLine);
};

describe('a still-here mail', () => {
  it('says for how long nothing matched, and what the sources had', () => {
    for (const text of bothOf(aNote())) {
      expect(text).toContain('On the last eight days on which you were due a digest, no new paper matched your topics');
      expect(text).toContain('Hugging Face listed nothing on Thursday.');
      expect(text).toContain('Whales: no paper in this edition.');
      expect(text).toContain('Maps: 2 papers in this edition, which you had before.');
    }
  });

  it('says of a topic what was left out of it', () => {
    const topics = [
      { name: 'Whales', sentBefore: 0, leftOut: 2 },
      { name: 'Maps', sentBefore: 1, leftOut: 1 },
    ];
    for (const text of bothOf(aNote({ surroundings: { ...aNote().surroundings, topics } }))) {
      expect(text).toContain('Whales: 2 papers in this edition, which you leave out.');
      expect(text).toContain(
        'Maps: one paper in this edition, which you had before, and one paper that you leave out.',
      );
    }
  });

  it('shows what came closest and why, or the best of the day when nothing did', () => {
    for (const text of bothOf(aNote())) {
      expect(text).toContain('Close to Whales · “songs” · “deep”');
      expect(text).not.toContain('Rising Tides');
    }
    const { surroundings } = aNote();
    for (const text of bothOf(aNote({ surroundings: { ...surroundings, closest: [] } }))) {
      expect(text).toMatch(/Rising today, outside your topics/i);
      expect(text).toContain('Rising Tides');
    }
    const nothing = { topics: [], closest: [], best: [] };
    for (const text of bothOf(aNote({ surroundings: nothing }))) expect(text).not.toMatch(/What came closest|Rising/i);
  });

  it('offers the best of other topics only to who does not have them yet', () => {
    const offer = 'choose to get the best papers outside your topics';
    for (const text of bothOf(aNote())) expect(text).toContain(offer);
    for (const text of bothOf(aNote({ mayHaveBest: false }))) expect(text).not.toContain(offer);
  });

  it('offers the same links in HTML and text, and is a mail of the list', () => {
    const mail = composeStillHere(aNote());
    const { links } = readHtml(mail.html);
    expect(links).toContain('https://arxiv.org/abs/2608.00001');
    expect(links).toContain('https://paperboy.example.org/preferences?token=p1');
    for (const link of links) expect(mail.text.replace('#pause', '')).toContain(link.replace('#pause', ''));
    expect(mail.headers).toMatchObject({
      'List-Unsubscribe': '<https://paperboy.example.org/unsubscribe?token=u1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    });
    for (const line of mail.text.split('\n')) {
      if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(72);
    }
  });

  it('shows hostile titles, topics and words as text', () => {
    const hostile = '</td><script>alert(1)</script>\u202e';
    const surroundings = {
      topics: [{ name: hostile, sentBefore: 1 }],
      closest: [{ ranked: paper(hostile), topic: hostile, words: [hostile] }],
      best: [],
    };
    const { tags } = readHtml(composeStillHere(aNote()).html);
    const mail = composeStillHere(aNote({ surroundings, sources: [] }));
    expect(mail.html).not.toContain('<script>');
    expect(mail.text).not.toContain('\u202e');
    expect(new Set(readHtml(mail.html).tags)).toEqual(new Set(tags));
  });
});
