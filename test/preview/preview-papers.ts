import samples from '../../cli/local/sources/sample-papers.json';
import { addDays, type CalendarDate, dayMs, hourMs, startOf } from '../../shared/domain/calendar-date.js';
import { chooseHighlights } from '../../shared/domain/highlights/choose-highlights.js';
import type { Paper } from '../../shared/domain/paper/paper.js';
import type { DigestPaper } from '../../shared/mail/digest/digest.js';
import { aPaper } from '../mail/digest-builder.js';
import { previewTexts } from './preview-texts.js';

export const today = '2026-08-07' as CalendarDate;

/** Names that repeat, so that a paper has two authors or seven. */
const names = ['Ada Moss', 'Ben Reed', 'Chiara Valli', 'Dmitri Orlov', 'Elif Arslan', 'Farah Haddad'];

/** The curve of a paper that rose to `end`, faster at its end the larger `bend` is. */
const curveTo = (end: number, bend: number) =>
  Array.from({ length: 12 }, (_, point) => Math.round(end * (point / 11) ** bend));

type Sample = (typeof samples)[number];

/** The paper at a place of the preview's edition: the samples in turn, each with more text around its summary. */
function paperAt(place: number): Paper {
  const { title, summary, authors, keywords, ...rest } = samples[place % samples.length] as Sample;
  const { opening = '', closing = '', ai } = previewTexts[place % samples.length] ?? {};
  return aPaper(
    {
      title: place < samples.length ? title : `${title}: A Second Look at What Was Left Open`,
      abstract: `${opening} ${summary} ${closing}`.trim(),
      authors: [...authors, ...names.slice(0, place % names.length)],
      keywords,
      ...(rest.organization !== undefined && { organisation: rest.organization }),
      ...(rest.stars !== undefined && { codeUrl: `https://github.com/example/paper-${place + 1}` }),
      ...(place % 3 === 0 && { projectUrl: 'https://projects.example.org/page' }),
      ...(place % 2 === 0 && ai !== undefined && { aiSummary: ai }),
      publishedAt: startOf(today) - 2 * dayMs,
      firstSeenAt: startOf(today) - place * hourMs,
      listedDays: [addDays(today, -(place % 4))],
    },
    `2608.${String(place + 1).padStart(5, '0')}`,
  );
}

/** A paper with the highlights of its abstract, as an edition keeps them. */
const withHighlights = (shown: DigestPaper): DigestPaper => ({
  ...shown,
  highlights: chooseHighlights(shown.paper.abstract),
});

function previewPaper(place: number): DigestPaper {
  const paper = paperAt(place);
  const { upvotes, stars } = samples[place % samples.length] as Sample;
  const age = place % 4;
  const gained = age === 0 ? upvotes : Math.ceil(upvotes / (age + 1));
  const [first = 'models', second = 'learning'] = paper.keywords;
  return withHighlights({
    paper,
    score: {
      value: 5 - place / 10,
      parts: [
        { signal: 'upvotes', points: 4, gained, hours: age === 0 ? 5 : 24, timesCohort: 3.1 - place / 4 },
        ...(place === 9 ? [{ signal: 'submitter' as const, points: -1, place: 3 }] : []),
      ],
    },
    counts: { upvotes, ...(stars !== undefined && { stars }) },
    ...(place % 5 !== 4 && { curve: curveTo(upvotes, 1 + (place % 3)) }),
    reasons: [
      { topic: place % 3 === 2 ? 'Reinforcement learning' : 'LLM serving', words: [first, second] },
      ...(place % 4 === 1 ? [{ topic: 'Agents', words: [`${first}s`, 'tool use'] }] : []),
    ],
  });
}

/** The first papers of the preview's edition, as a reader of two or three topics gets them. */
export function previewPapers(count: number): DigestPaper[] {
  return Array.from({ length: count }, (_, place) => previewPaper(place));
}

/** The same of a reader who also named a few papers, by which some of them are found. */
export function likePapers(count: number): DigestPaper[] {
  const named = ['Attention that waits for its turn', 'Small drafts, large models: decoding by guess and check', ''];
  return previewPapers(count).map((shown, place) => {
    const [{ words } = { words: [] }] = shown.reasons;
    const learned = { topic: 'Like my papers', words, like: named[place % 3] ?? '' };
    return { ...shown, reasons: place % 4 === 3 ? [...shown.reasons, learned] : [learned] };
  });
}

/** Papers of which little is known, or far too much. */
export function oddPapers(): DigestPaper[] {
  const [lead, ...others] = previewPapers(8).map((shown) => ({ ...shown, reasons: [] }));
  const sentence = `We ${'walk and walk and '.repeat(160)}arrive.`;
  const changes: readonly Partial<Paper>[] = [
    { abstract: sentence, authors: Array.from({ length: 600 }, (_, at) => `Author Number ${at + 1}`) },
    { abstract: '', authors: [] },
    { title: '$\\mathcal{O}(n^2)$', abstract: '$$\\int_0^1 x\\,dx$$' },
    { authors: [], codeUrl: 'none', sources: [] },
    { title: 'Anunbreakable'.repeat(20), abstract: 'word'.repeat(500) },
    { title: '' },
    { title: 'A Title That Goes On '.repeat(40) },
  ];
  return [lead, ...others].flatMap((shown, at) =>
    shown ? [withHighlights({ ...shown, paper: { ...shown.paper, ...changes[at] } })] : [],
  );
}
