import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type IndexedPaper, indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../../shared/domain/filter/match/match-filter.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { texToText } from '../../../../shared/domain/text/tex-to-text.js';
import { aPaper } from '../../../support/builders.js';
import { compiledOf, filterOf } from '../../../support/filters.js';
import {
  arbitraryFacts,
  arbitraryFilterText,
  arbitraryPaper,
  arbitraryShownFilterText,
  arbitraryText,
} from '../arbitrary-filter.js';

const isMatch = (filter: string, paper: IndexedPaper) => matchFilter(compiledOf(filter), paper) !== undefined;
const match = (filter: string, paper: Partial<Paper>) => matchFilter(compiledOf(filter), indexPaper(aPaper(paper)));
const words = (filter: string, paper: Partial<Paper>) => match(filter, paper)?.map(({ text }) => text);

describe('matching a paper', () => {
  const paper = {
    title: 'Small LLMs for Inference-Time Search',
    abstract: 'We speed up decoding of a Large Language Model. Nothing else changes in Poincaré space.',
    keywords: ['KV cache', 'eviction'],
    authors: ['Zoë van der Berg', 'Jean-Paul K. Łukasz', "Ann O'Brien"],
    categories: ['cs.CL', 'math.OC'],
    organisation: 'Lantern Research, Inc.',
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
    ['=LLMs', ['LLMs']],
    ['="large language"', ['Large Language']],
    ['=inference-time', ['Inference-Time']],
    ['infer*', ['Inference']],
    ['"model decoding"~4', ['decoding of a Large Language Model']],
    ['"model speed"~6', ['speed', 'Model']],
    ['"search inference llm"~2', ['LLMs for Inference-Time Search']],
    ['title:search', ['Search']],
    ['keyword:evict*', ['eviction']],
    ['abstract:="large language"', ['Large Language']],
    ['title:(inference "search time"~1)', ['Inference', 'Time Search']],
    ['org:"lantern research"', ['Lantern Research, Inc.']],
    ['org:lantern OR search', ['Search', 'Lantern Research, Inc.']],
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
    '=LLM',
    '="large languages"',
    'inferences*',
    '"model decoding"~3',
    '"search inference llm"~1',
    '"search speed"~20',
    '"kv eviction"~20',
    'title:decoding',
    'abstract:search',
    'title:"kv cache"',
    'keyword:(cache eviction) -org:lantern',
    'org:"research lantern"',
    'org:lan',
  ])('does not find %s', (filter) => {
    expect(match(filter, paper)).toBeUndefined();
  });

  it.each([
    ['flaws', String.raw`Pruning $\scriptsize\mathtt{F}$Laws`, ['FLaws']],
    ['flaw*', String.raw`Pruning $\mathtt{F}$Laws`, ['FLaws']],
    ['"o n"', String.raw`Sorting in $\mathcal{O}(n)$ steps`, ['O(n']],
    ['poincaré', String.raw`A Poincar\'e ball`, ['Poincaré']],
    [String.raw`Poincar\'e`, 'A POINCARE Ball', ['POINCARE']],
    ['="1 million"', 'A Prize of $1 Million for a Model', ['1 Million']],
    ['"1 million 2"', '$1 Million or $2 Million', undefined],
    ['"x 2"', 'x$^2$ and x²', undefined],
    ['LLM', 'Many LLMs', ['LLMs']],
    ['“LLMs’ limits”', "An LLM's Limits", ["LLM's Limits"]],
    ['ﬁne‑tune', 'Fine-Tuning', ['Fine-Tuning']],
  ])('finds %s in %s as that is displayed', (filter, title, wanted) => {
    expect(words(filter, { title })).toEqual(wanted);
  });

  it('takes a hyphen for a space, never for nothing', () => {
    expect(words('"pre training"', { title: 'Pre-Training' })).toEqual(['Pre-Training']);
    expect(words('pretraining', { title: 'Pre-Training' })).toBeUndefined();
    expect(words('pre-training', { title: 'Pretraining' })).toBeUndefined();
  });

  const rising = indexPaper(aPaper({ codeUrl: 'https://github.com/quill/lantern', sources: ['arxiv'] }), {
    score: 2.5,
    upvotes: 30,
    stars: 0,
    ageDays: 6.5,
  });

  it.each([
    ['has:code', true],
    ['source:arxiv', true],
    ['source:hf', false],
    ['score>=2.5', true],
    ['score>=2.6', false],
    ['upvotes>=30 stars>=0', true],
    ['upvotes>=31 OR stars>=1', false],
    ['age<=7', true],
    ['age<=6', false],
    ['age<=7 -has:code', false],
  ])('asks for facts, and shows no words for them: %s', (filter, isFound) => {
    expect(matchFilter(compiledOf(filter), rising)).toEqual(isFound ? [] : undefined);
  });

  it('knows no code, no organisation and no counts of a paper that nobody told of', () => {
    const unknown = indexPaper(aPaper());
    const wanted = ['has:code', 'org:lantern', 'upvotes>=1', 'score>=0.001'];
    expect(wanted.filter((filter) => isMatch(filter, unknown))).toEqual([]);
    expect(isMatch('upvotes>=0 age<=0', unknown)).toBe(true);
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

  const papers = fc.tuple(arbitraryPaper, arbitraryFacts).map(([given, facts]) => indexPaper(aPaper(given), facts));
  const isFound = (filter: string, text: string) => isMatch(filter, indexPaper(aPaper({ title: text })));

  it('never loses a match to one more OR, and never wins one by one more AND', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryFilterText, papers, (one, other, given) => {
        fc.pre(parseFilter(`(${one}) (${other})`).ok);
        const isHit = (filter: string) => isMatch(filter, given);
        expect(isHit(`(${one}) OR (${other})`)).toBe(isHit(one) || isHit(other));
        expect(isHit(`(${one}) (${other})`)).toBe(isHit(one) && isHit(other));
        expect(isHit(`(${one}) -(${other})`)).toBe(isHit(one) && !isHit(other));
      }),
      { numRuns: 500 },
    );
  });

  it('takes NOT NOT for nothing', () => {
    fc.assert(
      fc.property(arbitraryFilterText, (filter) => {
        fc.pre(parseFilter(filter).ok);
        expect(filterOf(`NOT NOT (${filter})`)).toEqual(filterOf(filter));
        expect(filterOf(`-(-(${filter}))`)).toEqual(filterOf(filter));
      }),
    );
  });

  it('finds near words in any order, at most so many others between the outer ones', () => {
    const gaps = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }));
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 12 }), ([before, behind], distance) => {
        const text = `x ${'y '.repeat(before)}model ${'y '.repeat(behind)}llm`;
        const isClose = before + behind <= distance;
        expect(isFound(`"llm x models"~${distance}`, text)).toBe(isClose);
        expect(isFound(`"llm model"~${distance}`, text)).toBe(behind <= distance);
      }),
    );
  });

  it('finds in a field what it finds in a paper of that field alone', () => {
    fc.assert(
      fc.property(arbitraryText, fc.array(arbitraryText, { maxLength: 2 }), (abstract, keywords) => {
        const nothing = { title: '', abstract: '', keywords: [] };
        for (const term of ['model', '=llms', 'inf*', '"gpt 4"', '"model llm"~3']) {
          const isThere = match(`abstract:${term}`, { ...nothing, abstract, keywords }) !== undefined;
          expect(isThere).toBe(match(term, { ...nothing, abstract }) !== undefined);
        }
      }),
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

  it('explains every match with at least one word, if more than facts made it', () => {
    fc.assert(
      fc.property(arbitraryShownFilterText, arbitraryText, (filter, title) => {
        fc.pre(parseFilter(filter).ok);
        expect(match(filter, { title, organisation: 'Lantern Works' })?.length).not.toBe(0);
      }),
    );
  });
});
