import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Paper } from '../../shared/domain/paper/paper.js';
import { parsePaperId } from '../../shared/domain/paper/paper-id.js';
import type { Digest, DigestPaper } from '../../shared/mail/digest/digest.js';

export function aPaper(changes: Partial<Paper> = {}, id = '2608.00001'): Paper {
  return {
    id: parsePaperId(id)!.id,
    title: 'Teaching Small Models to Read Maps',
    abstract: 'Maps are hard to read. We teach small models to read them. It works on three cities.',
    authors: ['Ada Moss', 'Ben Reed'],
    categories: ['cs.CL', 'cs.AI'],
    keywords: [],
    publishedAt: Date.UTC(2026, 7, 5),
    firstSeenAt: Date.UTC(2026, 7, 6),
    listedDays: ['2026-08-06' as CalendarDate],
    isWithdrawn: false,
    sources: ['hugging-face'],
    ...changes,
  };
}

export function aDigestPaper(changes: Partial<Paper> = {}, id?: string): DigestPaper {
  return {
    paper: aPaper(changes, id),
    score: { value: 2, parts: [{ signal: 'upvotes', points: 2, gained: 48, hours: 9 }] },
    counts: { upvotes: 48 },
    highlights: { of: 3, task: 0, idea: 1, result: 2 },
    reasons: [{ topic: 'Maps', words: ['maps', 'cities'] }],
  };
}

export function aDigest(changes: Partial<Digest> = {}): Digest {
  return {
    to: 'reader@example.net',
    edition: '2026-08-07' as CalendarDate,
    papers: [aDigestPaper()],
    period: 'day',
    editionSize: 143,
    dayLine: '1 new since yesterday.',
    matched: 1,
    dayUrl: 'https://paperboy.example.org/day?token=d1',
    orderUrl: 'https://paperboy.example.org/how',
    archiveUrl: 'https://paperboy.example.org/search',
    aiSummaries: true,
    preferencesUrl: 'https://paperboy.example.org/preferences?token=p1',
    unsubscribeUrl: 'https://paperboy.example.org/unsubscribe?token=u1',
    editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
    sender: 'Paperboy <post@example.org>',
    postalAddress: '1 Long Lane, 12345 Smalltown',
    listId: 'paperboy.example.org',
    ...changes,
  };
}

export function papers(count: number, changes: Partial<Paper> = {}): DigestPaper[] {
  return Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(5, '0');
    return aDigestPaper({ title: `Paper number ${at + 1} on maps`, ...changes }, `2608.${number}`);
  });
}
