import fc from 'fast-check';
import type { PaperFacts } from '../../../shared/domain/filter/match/index-paper.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';

/** Words that occur in `arbitraryText` too, some of them with capitals, marks, plurals, or spelled like operators. */
const words = fc.constantFrom(
  'model',
  'Models',
  'LLMs',
  'llm',
  'naïve',
  'analysis',
  'analyses',
  'c++',
  'GPT-4',
  '3D',
  'inference-time',
  'Erdős',
  "don't",
  'x',
);

const quoted = fc
  .array(fc.oneof(words, fc.constantFrom('and', 'OR', 'not')), { minLength: 1, maxLength: 3 })
  .map((parts) => `"${parts.join(' ')}"`);

const near = fc
  .tuple(
    fc.constantFrom('model', 'llm x', 'naïve Analyses'),
    fc.constantFrom('gpt', 'TIME', 'and'),
    fc.nat({ max: 19 }),
  )
  .map(([one, other, distance]) => `"${one} ${other}"~${distance + 1}`);

const fieldlessLeaf = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 2, arbitrary: quoted },
  { weight: 1, arbitrary: fc.oneof(words, quoted).map((text) => `=${text}`) },
  { weight: 1, arbitrary: fc.constantFrom('mod*', 'LL*', 'inf*', 'na*', '3d*', 'c++*', 'anal*') },
  { weight: 1, arbitrary: fc.constantFrom('"naive mod*"', '"llm gp*"', '"time naïve an*"') },
  { weight: 1, arbitrary: near },
);

const fields = fc.constantFrom('title:', 'abstract:', 'Keyword:');

const textLeaf = fc.oneof(
  { weight: 4, arbitrary: fieldlessLeaf },
  { weight: 1, arbitrary: fc.tuple(fields, fieldlessLeaf).map((parts) => parts.join('')) },
);

/** Leaves that a match can show. */
const shownLeaf = fc.oneof(
  { weight: 7, arbitrary: textLeaf },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'cat:cs.CL',
      'cat:cs',
      'cat:math.*',
      'author:Quill',
      'author:"Ada Quill"',
      'AUTHOR:Müller',
      'org:Lantern',
      'org:"lantern works"',
    ),
  },
);

const silentLeaf = fc.constantFrom(
  'has:code',
  'id:2608.00001',
  'source:arxiv',
  'source:hf',
  'score>=1.50',
  'Upvotes >= 10',
  'stars≥5',
  'age<=7',
);

function filterOf(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const group = fc
    .tuple(fields, fieldlessLeaf, fc.constantFrom(' ', ' -', ' OR '), fieldlessLeaf)
    .map(([field, one, between, other]) => `${field}(${one}${between}${other})`);
  return fc.letrec<{ filter: string; open: string }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: leaf },
      { weight: 1, arbitrary: group },
      { weight: 4, arbitrary: fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `(${a} OR ${b})`) },
      { weight: 4, arbitrary: fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `${a} and (${b})`) },
      { weight: 4, arbitrary: fc.tuple(tie('filter'), tie('open')).map(([a, b]) => `(${a} ${b})`) },
    ),
    open: fc.oneof(
      leaf.map((term) => `-${term}`),
      tie('filter').map((filter) => `NOT (${filter})`),
    ),
  })).filter;
}

/** The text of a filter that parses, negations only beside words that must occur. */
export const arbitraryFilterText: fc.Arbitrary<string> = filterOf(
  fc.oneof({ weight: 7, arbitrary: shownLeaf }, { weight: 1, arbitrary: silentLeaf }),
);

/** One whose matches have words to show: without `has:`, `source:` and limits. */
export const arbitraryShownFilterText: fc.Arbitrary<string> = filterOf(shownLeaf);

/** A text in which some of those words occur. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom('(LLM)', 'a naive', 'gpt 4.', 'inference, time', 'NOT', 'erdos', 'model.', 'naive? LLM'),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(' '));

/** What else those filters ask of a paper. */
export const arbitraryPaper: fc.Arbitrary<Partial<Paper>> = fc.record(
  {
    title: arbitraryText,
    abstract: arbitraryText,
    keywords: fc.array(arbitraryText, { maxLength: 2 }),
    sources: fc.subarray(['hugging-face', 'arxiv'] as const, { minLength: 1 }),
    organisation: fc.constantFrom('Lantern Works', 'The Lantern'),
    codeUrl: fc.constant('https://github.com/quill/lantern'),
  },
  { requiredKeys: ['title', 'abstract', 'keywords', 'sources'] },
);

export const arbitraryFacts: fc.Arbitrary<PaperFacts> = fc.record({
  score: fc.constantFrom(0, 1.5, 3),
  upvotes: fc.nat({ max: 20 }),
  stars: fc.nat({ max: 10 }),
  ageDays: fc.nat({ max: 14 }),
});
