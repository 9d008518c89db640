import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseHighlights, highlightEdition } from '../../../shared/domain/highlights/choose-highlights.js';
import { highlightLabels } from '../../../shared/domain/highlights/highlights.js';
import { abstractSentences } from '../../../shared/domain/highlights/sentences.js';
import { anEdition, aRankedPaper } from '../../support/builders.js';
import { hostileAbstract } from './hostile-abstracts.js';

const lantern = [
  'Reading long tables is an important problem in archives and libraries.',
  'However, existing readers are slow and suffer from smoke, which limits their use in small rooms.',
  'In this paper, we propose Lantern, a novel reader that lights each row on its own by a learned wick.',
  'Each wick is trimmed by a second network.',
  'Extensive experiments on three archives show that Lantern outperforms previous readers by 12%.',
  'Code is available at https://example.org/lantern.',
].join(' ');

describe('choosing highlights', () => {
  it('finds task, problem, idea and result of a plain abstract', () => {
    expect(chooseHighlights(lantern)).toMatchObject({ of: 6, task: 0, problem: 1, idea: 2, result: 4 });
  });

  it('finds them where TeX and line breaks are in the text', () => {
    const typeset = lantern.replaceAll(' by ', '\n  by ').replace('12%', '$12\\%$').replace('wick', '\\emph{wick}');
    expect(chooseHighlights(typeset)).toEqual(chooseHighlights(lantern));
  });

  it('finds nothing where there are no words', () => {
    for (const abstract of ['', '$$', '—']) expect(chooseHighlights(abstract)).toEqual({ of: 0 });
  });

  it('finds neither problem nor idea nor result in a text that tells of none', () => {
    expect(chooseHighlights('Withdrawn.')).toEqual({ of: 1, task: 0 });
  });

  it('chooses places of sentences that exist, the same each time, and no chosen one again among the others', () => {
    fc.assert(
      fc.property(hostileAbstract, (abstract) => {
        const highlights = chooseHighlights(abstract);
        expect(chooseHighlights(abstract)).toEqual(highlights);
        const { of, others = [] } = highlights;
        expect(of).toBe(abstractSentences(abstract).length);
        const chosen = highlightLabels.flatMap((label) => highlights[label] ?? []);
        for (const place of [...chosen, ...others]) expect(place).toBeLessThan(of);
        expect(new Set(others).size).toBe(others.length);
        expect(others.filter((place) => chosen.includes(place))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('adds them to the papers of an edition, and nothing else', () => {
    const edition = anEdition({ papers: [aRankedPaper({ abstract: lantern }), aRankedPaper({ abstract: '' })] });
    expect(highlightEdition(edition)).toEqual({
      ...edition,
      papers: edition.papers.map((ranked) => ({ ...ranked, highlights: chooseHighlights(ranked.paper.abstract) })),
    });
  });
});
