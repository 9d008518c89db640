import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CompiledFilter,
  compiledVersion,
  compileFilter,
  readCompiled,
} from '../../../shared/domain/filter/compile-filter.js';
import type { Filter, TermFilter } from '../../../shared/domain/filter/filter.js';
import { leafCode, readLeaf } from '../../../shared/domain/filter/leaf-code.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { filterOf, treeBehind } from '../../support/filters.js';
import { arbitraryFilterText } from './arbitrary-filter.js';

const formOf = (text: string) => compileFilter(filterOf(text)).form;
/** Compiles a filter that nobody has compiled before. */
const again = (compiled: CompiledFilter | undefined) =>
  compiled && compileFilter(structuredClone(treeBehind(compiled))).form;
function leavesOf(filter: Filter): readonly TermFilter[] {
  if (filter.kind === 'all' || filter.kind === 'any') return filter.filters.flatMap(leavesOf);
  return filter.kind === 'not' ? leavesOf(filter.filter) : [filter];
}
const parsing = arbitraryFilterText.filter((text) => parseFilter(text).ok);

describe('compiling a filter', () => {
  // A change here needs a new version: forms that are stored would no longer mean what their text says.
  it.each([
    ['inference -vision', 'w:vision ! w:infer &2'],
    ['"token budgets" OR (cats dogs)', 'p:token_budget w:cat w:dog &2 |2'],
    ['title:diffusion', 'wt:diffus'],
    ['abstract:="chain of thought" keyword:rag*', 'xa:chain_of_thought bk:rag &2'],
    ['"speech model"~5', 'n:model_speech~5'],
    ['title:"language mod*" OR 2608.05990v3', 'id:2608.05990 qt:languag_mod |2'],
    ['hep-th/9901001', 'id:hep-th/9901001'],
    ['cat:cs.CL author:"Ada Quill" org:"Lantern Works"', 'author:ada_quill cat:cs.cl org:lantern_works &3'],
    ['has:code source:arxiv score>=1.5 upvotes>=10 stars>=5 age<=7', null],
  ])('writes %s as %s', (text, wanted) => {
    expect(compiledVersion).toBe(2);
    const form = formOf(text);
    if (wanted !== null) expect(form).toBe(`2 ${wanted}`);
    else {
      expect(form.split(' ').sort()).toEqual(
        ['&6', '2', 'age:7', 'has:code', 'score:1.5', 'source:arxiv', 'stars:5', 'upvotes:10'].sort(),
      );
    }
  });

  it('gives filters that mean the same one form', () => {
    expect(formOf('LLMs OR ("inference-time" search)')).toBe(formOf('(searches and "Inference time") or llm OR LLM'));
  });

  it('gives one object for equal filters, compiled or read', () => {
    const compiled = compileFilter(filterOf('alpha beta'));
    expect(compileFilter(filterOf('Betas alpha'))).toBe(compiled);
    expect(readCompiled(JSON.parse(JSON.stringify(compiled.form)))).toBe(compiled);
    expect(compileFilter(treeBehind(compiled))).toBe(compiled);
  });

  it('compiles more filters than it remembers', () => {
    const first = formOf('w0 w1');
    for (let index = 0; index < 60_000; index += 1) formOf(`w${index}`);
    expect(formOf('w0 w1')).toBe(first);
    expect(again(readCompiled(first))).toBe(first);
  });

  it('reads what it wrote, and compiles that to the same', () => {
    fc.assert(
      fc.property(parsing, fc.nat(), (text, number) => {
        // Nobody has compiled this one, so it is not remembered.
        const form = `${formOf(text)} w:fresh${number} |2`;
        expect(again(readCompiled(form))).toBe(form);
      }),
    );
  });

  it('reads each leaf as it was, but for its words', () => {
    fc.assert(
      fc.property(parsing, (text) => {
        for (const leaf of leavesOf(filterOf(text))) {
          const read = readLeaf(leafCode(leaf));
          if ('terms' in leaf) expect(read).toEqual({ ...leaf, words: leaf.terms });
          else if (leaf.kind === 'word') expect(read).toEqual({ ...leaf, word: leaf.term });
          else expect(read).toEqual(leaf);
        }
      }),
    );
  });

  it('stays as small as the text', () => {
    fc.assert(
      fc.property(parsing, (text) => {
        const terms = formOf(text).split(' ').length;
        expect(formOf(text).length).toBeLessThanOrEqual(2 * text.length + 6 * terms + 8);
      }),
    );
  });

  it.each([
    '',
    '2',
    '2 ',
    '0 w:model',
    '1 w:model',
    'w:model',
    '2 w:model w:vision',
    '2 w:model &2',
    '2 w:model &1',
    '2 w:model w:vision &x',
    '2 !',
    '2 w:',
    '2 w:a b',
    '2 q:model',
    '2 wz:model',
    '2 w:model~3',
    '2 n:a_b',
    '2 has:money',
    '2 score:many',
    '2 source:moon',
    '2 cat:../',
    '2 q:model_',
    '2 id:2608.5',
    '2 id:2608.05990v2',
  ])('does not read the damaged form %j', (form) => {
    expect(readCompiled(form)).toBeUndefined();
  });

  it('reads any text or says no, without throwing', () => {
    const pieces = fc.constantFrom(
      '2',
      'w:a',
      'q:a_b',
      'id:2608.05990',
      'p:a_b',
      'n:a_b~2',
      '&2',
      '|2',
      '!',
      '&',
      ':',
      'cat:cs',
      'score:1',
      '~',
      '_',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 2 }))).map((parts) => `2 ${parts.join(' ')}`);
    fc.assert(
      fc.property(text, (form) => {
        const read = readCompiled(form);
        if (read) expect(again(read)).toBe(form);
      }),
      { numRuns: 1000 },
    );
  });
});
