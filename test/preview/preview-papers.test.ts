import { expect, it } from '@jest/globals';
import { abstractSentences } from '../../shared/domain/highlights/sentences.js';
import { cardView } from '../../shared/mail/card/card-view.js';
import { previewPapers } from './preview-papers.js';

const papers = previewPapers(25);

it('shows idea or result of every preview paper, in a lead and in a short card alike', () => {
  for (const shown of papers) {
    const { idea, result, others = [] } = shown.highlights ?? {};
    const findings = [idea, result, ...others].filter((place) => place !== undefined);
    const told = findings.map((place) => abstractSentences(shown.paper.abstract)[place]?.text ?? '');
    for (const size of ['lead', 'short'] as const) {
      const { summary } = cardView(shown, size);
      expect([shown.paper.title, size, summary, told.some((sentence) => summary.includes(sentence))]).toEqual([
        shown.paper.title,
        size,
        summary,
        true,
      ]);
    }
  }
});

it('gives no two preview papers the same words', () => {
  const texts = papers.flatMap(({ paper }) => [
    ...abstractSentences(paper.abstract).map(({ text }) => text),
    ...(paper.aiSummary === undefined ? [] : [paper.aiSummary]),
  ]);
  expect(new Set(texts).size).toBe(texts.length);
});
