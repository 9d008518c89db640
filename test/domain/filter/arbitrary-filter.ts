import fc from 'fast-check';

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

const quoted = fc.array(fc.oneof(words, fc.constantFrom('and', 'OR', 'not')), { minLength: 1, maxLength: 3 });

const leaf = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 2, arbitrary: quoted.map((parts) => `"${parts.join(' ')}"`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'cat:cs.CL',
      'cat:cs',
      'cat:math.*',
      'author:Quill',
      'author:"Ada Quill"',
      'AUTHOR:Müller',
    ),
  },
);

/** The text of a filter that parses, negations only beside words that must occur. */
export const arbitraryFilterText: fc.Arbitrary<string> = fc.letrec<{ filter: string; open: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `(${a} OR ${b})`),
    fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `${a} and (${b})`),
    fc.tuple(tie('filter'), tie('open')).map(([a, b]) => `(${a} ${b})`),
  ),
  open: fc.oneof(
    leaf.map((term) => `-${term}`),
    tie('filter').map((filter) => `NOT (${filter})`),
  ),
})).filter;

/** A text in which some of those words occur. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(fc.oneof(words, fc.constantFrom('(LLM)', 'a naive', 'gpt 4.', 'inference, time', 'NOT', 'erdos')), {
    maxLength: 6,
  })
  .map((parts) => parts.join(' '));
