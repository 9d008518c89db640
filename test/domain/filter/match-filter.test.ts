import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import { indexPaper } from '../../../shared/domain/filter/index-paper.js';
import { isMatch, matchFilter } from '../../../shared/domain/filter/match-filter.js';
import { parseFilter } from '../../../shared/domain/filter/parse-filter.js';
import type { Paper } from '../../../shared/domain/paper.js';
import { texToText } from '../../../shared/domain/tex-to-text.js';
import { aPaper } from '../../support/builders.js';
import { arbitraryFilterText, arbitraryText } from './arbitrary-filter.js';

function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

const match = (filter: string, paper: Partial<Paper>) => matchFilter(filterOf(filter), indexPaper(aPaper(paper)));
const words = (filter: string, paper: Partial<Paper>) => match(filter, paper)?.map(({ text }) => text);

describe('matching a paper', () => {
  const paper = {
    title: 'Small LLMs for Inference-Time Search',
    abstract: 'We speed up decoding of a Large Language Model. Nothing else changes in Poincaré space.',
    keywords: ['KV cache', 'eviction'],
    authors: ['Zoë van der Berg', 'Jean-Paul K. Łukasz', "Ann O'Brien"],
    categories: ['cs.CL', 'math.OC'],
  };

  it.each([
    ['llm', ['LLMs']],
    ['inference time', ['Inference', 'Time']],
    ['"inference time"', ['Inference-Time']],
    ['inference-time -vision', ['Inference-Time']],
    ['"large language models"', ['Large Language Model']],
    ['poincare', ['Poincaré']],
    ['vision OR decode', ['decoding']],
    ['"kv caches"', ['KV cache']],
    ['decoding llm', ['LLMs', 'decoding']],
    ['cat:cs.cl', ['cs.CL']],
    ['cat:math', ['math.OC']],
    ['author:Berg', ['Zoë van der Berg']],
    ['author:"van der Berg"', ['Zoë van der Berg']],
    ['author:"zoe berg"', ['Zoë van der Berg']],
    ['author:lukasz author:obrien', ['Jean-Paul K. Łukasz', "Ann O'Brien"]],
    ['author:"jean paul lukasz"', ['Jean-Paul K. Łukasz']],
  ])('finds %s and shows %j', (filter, wanted) => {
    expect(words(filter, paper)).toEqual(wanted);
  });

  it.each([
    'vision',
    'llm -search',
    '"search we"',
    '"space kv"',
    '"cache eviction"',
    '"time inference"',
    'cat:cs.LG',
    'cat:c',
    'author:Zoë',
    'author:"paul berg"',
    'llm vision',
  ])('does not find %s', (filter) => {
    expect(match(filter, paper)).toBeUndefined();
  });

  it('matches and shows titles as they are displayed, without TeX', () => {
    expect(words('flaws', { title: String.raw`Pruning $\mathtt{F}$Laws` })).toEqual(['FLaws']);
  });

  it('shows each word once, those of the title first, at most five', () => {
    const many = { title: 'Gamma beta', abstract: 'Alpha ALPHA beta delta epsilon zeta eta', keywords: [] };
    expect(words('(alpha OR "alpha") beta gamma delta epsilon zeta eta', many)).toEqual([
      'Gamma',
      'beta',
      'Alpha',
      'delta',
      'epsilon',
    ]);
  });

  it('shows only words that decided, and no word that a phrase shows already', () => {
    const cache = { title: 'A KV cache', abstract: 'for vision.', keywords: [] };
    expect(words('"kv cache" OR (vision robot) OR cache', cache)).toEqual(['KV cache']);
  });

  it('says where a word stands in the displayed text', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryText, arbitraryText, (filter, title, abstract) => {
        fc.pre(parseFilter(filter).ok);
        const shown = { title: texToText(title), abstract: texToText(abstract) };
        for (const { part, start, end, text } of match(filter, { title, abstract }) ?? []) {
          if (part === 'title' || part === 'abstract') expect(shown[part].slice(start, end)).toBe(text);
        }
      }),
    );
  });

  const cases = fc.tuple(arbitraryFilterText, arbitraryFilterText, arbitraryText);
  const isFound = (filter: string, text: string) => isMatch(filterOf(filter), indexPaper(aPaper({ title: text })));

  it('never loses a match to one more OR, and never wins one by one more AND', () => {
    fc.assert(
      fc.property(cases, ([one, other, text]) => {
        fc.pre(parseFilter(`(${one}) (${other})`).ok);
        const found = isFound(one, text);
        expect(isFound(`(${one}) OR (${other})`, text)).toBe(found || isFound(other, text));
        expect(isFound(`(${one}) (${other})`, text)).toBe(found && isFound(other, text));
        expect(isFound(`(${one}) -(${other})`, text)).toBe(found && !isFound(other, text));
      }),
      { numRuns: 300 },
    );
  });

  it('does not mind case, hyphens and accents of the paper', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryText, (filter, text) => {
        fc.pre(parseFilter(filter).ok);
        const plain = text.toUpperCase().replaceAll('-', ' ').normalize('NFKD').replace(/\p{M}/gu, '');
        expect(isFound(filter, plain)).toBe(isFound(filter, text));
      }),
    );
  });

  it('explains every match with at least one word', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryText, (filter, title) => {
        fc.pre(parseFilter(filter).ok);
        expect(match(filter, { title })?.length).not.toBe(0);
      }),
    );
  });
});
