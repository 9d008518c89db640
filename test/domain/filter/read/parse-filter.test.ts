import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printFilter } from '../../../../shared/domain/filter/filter.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { arbitraryFilterText } from '../arbitrary-filter.js';

function printed(text: string): string {
  const parsed = parseFilter(text);
  return parsed.ok ? printFilter(parsed.filter) : parsed.error.message;
}

describe('parsing a filter', () => {
  it('takes words side by side as all of them, and AND for the same', () => {
    expect(parseFilter('alpha beta')).toEqual(parseFilter('alpha AND beta'));
    expect(parseFilter('alpha beta')).toEqual({
      ok: true,
      filter: {
        kind: 'all',
        filters: [
          { kind: 'word', word: 'alpha', term: 'alpha' },
          { kind: 'word', word: 'beta', term: 'beta' },
        ],
      },
    });
  });

  it('binds NOT tighter than AND, and AND tighter than OR', () => {
    expect(printed('a -b OR c d')).toBe(printed('((a AND (NOT b)) OR (c AND d))'));
    expect(printed('a (b OR c)')).not.toBe(printed('a b OR c'));
  });

  it.each([
    ['inference-time', '"infer time"'],
    ['“smart quotes” –minus', '"smart quot" -minus'],
    ['"one"', 'one'],
    ['cat:cs.CL cat:Math.*', 'cat:cs.cl cat:math'],
    ['author:"Erdős  Pál" author:O’Brien', 'author:"erdos pal" author:obrien'],
    ['llm or vlm', 'llm OR vlm'],
    ['"or" and "not"', '"not" "or"'],
    ['NOT (NOT a)', 'a'],
    ['NOT -a NOT NOT NOT b', '-b a'],
    ['b OR a OR b', 'a OR b'],
    ['C++ C# GPT-4 3D', '"gpt 4" 3d c# c++'],
    [String.raw`Poincar\'e $\mathtt{F}$Laws`, 'flaw poincar'],
    ['=LLMs =“Two  Words” ="and"', '="two words" =and =llms'],
    ['Pre* keyword:naïve*', 'keyword:naive* pre*'],
    ['"models of attention model"~04', '"attent model of"~4'],
    ['TITLE:words title:=Exact abstract:"a phrase"', 'abstract:"a phrase" title:=exact title:word'],
    ['title:(a OR "b c" -d*e)', '-title:"d e" title:"b c" OR title:a'],
    ['cat:(cs.CL OR cs.LG)', 'cat:cs.cl OR cat:cs.lg'],
    ['org:"Müller & Co" has:CODE', 'has:code org:"muller co"'],
    ['source:hf OR source:arXiv OR source:"hugging face"', 'source:arxiv OR source:hugging-face'],
    ['Score >= 2.50 upvotes≥007 stars>= 3 age<=30', 'age<=30 score>=2.5 stars>=3 upvotes>=7'],
    ['(upvotes>=9) score OR stars', 'score upvotes>=9 OR star'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });

  it.each([
    ['', 'at 1: found the end, expected a word, a "phrase" or "("'],
    ['(alpha OR )', 'at 11: found ")", expected a word, a "phrase" or "("'],
    ['alpha)', 'at 6: found ")", expected AND, OR or the end'],
    ['(alpha', 'at 7: found the end, expected AND, OR or ")" for the "(" at 1'],
    ['a "b c', 'at 7: found the end, expected a closing quote for the one at 3'],
    ['a AND AND b', 'at 7: found "AND", expected a word, a "phrase" or "("'],
    ['a - b', 'at 3: found "-", expected the word to leave out right behind it'],
    ['a & b', 'at 3: found "&", expected a word, a "phrase" or "("'],
    [
      'a titel:b',
      'at 3: found "titel:", expected "title:", "abstract:", "keyword:", "author:", "cat:", "org:", "has:", "source:", or a word, a "phrase" or "("',
    ],
    ['cat: cs', 'at 1: found "cat:", expected a category such as cs.CL right behind it'],
    ['cat:12', 'at 1: found "cat:12", expected a category such as cs.CL'],
    ['author:""', 'at 1: found "author:", expected a name right behind it'],
    ['a title: b', 'at 3: found "title:", expected a word right behind it'],
    ['title:-a', 'at 1: found "title:", expected a word right behind it, and "-" before it'],
    ['title:cat:x', 'at 1: found "title:cat:x", expected a word without a second field'],
    ['title:stars>=3', 'at 1: found "title:", expected a word right behind it'],
    [
      'title:(a cat:cs)',
      'at 10: found "cat:cs", expected a word without a field: "title:" stands before the brackets around it',
    ],
    [
      'org:(a OR age<=3)',
      'at 11: found "age<=3", expected a name without a field: "org:" stands before the brackets around it',
    ],
    [
      'title:(a abstract:(b))',
      'at 10: found "abstract:(", expected brackets without a field: "title:" stands before those around them',
    ],
    ['a = b', 'at 3: found "=", expected a word right behind "="'],
    ['=title:a', 'at 1: found "=title:a", expected the field first, as in title:=word'],
    ['a*', 'at 1: found "a*", expected at least 2 characters before "*", or the word in quotes'],
    ['pre-train*', 'at 1: found "pre-train*", expected the beginning of one word before "*", without "="'],
    ['=pre*', 'at 1: found "=pre*", expected the beginning of one word before "*", without "="'],
    ['*', 'at 1: found "*", expected a word, a "phrase" or "("'],
    ['"a b"~0', 'at 1: found ""a b"~0", expected a whole number of words from 1 to 20 behind "~"'],
    ['"a b"~21', 'at 1: found ""a b"~21", expected a whole number of words from 1 to 20 behind "~"'],
    ['"a b"~', 'at 1: found ""a b"~", expected a whole number of words from 1 to 20 behind "~"'],
    ['"model models"~3', 'at 1: found ""model models"~3", expected two or more different words in quotes before "~"'],
    ['="a b"~3', 'at 1: found "="a b"~3", expected either "=" before the quotes or "~" behind them'],
    ['agent~2', 'at 1: found "agent~2", expected words in quotes before "~", as in "sparse attention"~4'],
    ['author:quil*', 'at 1: found "author:quil*", expected a name'],
    ['author:=quill', 'at 1: found "author:=quill", expected a name'],
    ['has:data', 'at 1: found "has:data", expected "code"'],
    ['source:x', 'at 1: found "source:x", expected "arxiv" or "hugging-face"'],
    ['a upvotes<=5', 'at 3: found "upvotes<=5", expected "upvotes>=" and a number'],
    ['stars=5', 'at 1: found "stars=5", expected "stars>=" and a number'],
    ['age>5', 'at 1: found "age>5", expected "age<=" and a number'],
    ['stars>=-1', 'at 1: found "stars>=-1", expected a whole number such as 7 behind "stars>="'],
    ['upvotes>=2.5', 'at 1: found "upvotes>=2.5", expected a whole number such as 7 behind "upvotes>="'],
    ['score>=', 'at 1: found "score>=", expected a number such as 1.5 behind "score>="'],
    ['likes>=3', 'at 1: found "likes>=3", expected "score>=", "upvotes>=", "stars>=", "age<=", or words in quotes'],
  ])('says what is wrong with %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });

  it.each(['-a', 'NOT a -b', 'a OR -b', 'NOT (a b)'])('refuses %s, which matches nearly every paper', (text) => {
    expect(printed(text)).toMatch(/^at \d+: found "(-|NOT)", expected a word that must occur as well/);
  });

  it('gives position, find and expectation apart too', () => {
    expect(parseFilter('a )')).toMatchObject({
      ok: false,
      error: { position: 3, found: '")"', expected: 'AND, OR or the end' },
    });
  });

  it.each([
    ['2,000 characters', 'x'.repeat(2000), 'x'.repeat(2001)],
    ['64 words in a phrase', `"${'x '.repeat(64)}"`, `"${'x '.repeat(65)}"`],
    ['64 terms', 'x '.repeat(64), 'x '.repeat(65)],
    ['2,000 characters when written out', `${'﷼'.repeat(300)}`, `${'﷼'.repeat(600)}`],
    ['brackets 16 deep', `${'('.repeat(16)}x${')'.repeat(16)}`, `${'('.repeat(17)}x${')'.repeat(17)}`],
  ])('takes %s and no more', (_, most, tooMuch) => {
    expect(parseFilter(most).ok).toBe(true);
    expect(printed(tooMuch)).toContain('at most');
  });

  it('reads what it prints as the same', () => {
    fc.assert(
      fc.property(arbitraryFilterText, (text) => {
        const parsed = parseFilter(text);
        // A few of the generated filters are too large; those that come out as errors for another reason are wrong.
        if (!parsed.ok) return expect(parsed.error.expected).toContain('at most');
        expect(parseFilter(printFilter(parsed.filter))).toEqual(parsed);
      }),
    );
  });

  it.each([
    ['agents', 'Agent'],
    ['"language models"', '“Language-Model”'],
    ['analysis', 'analyses'],
    ['naïve b', 'B AND naive'],
    ['"agents of change"~3', '"of change, agent"~03'],
    ['a OR (b OR a)', 'b OR a'],
    ['a (b a)', 'b a'],
    ['a NOT NOT b', 'a b'],
    ['title:(a OR b)', 'title:b OR title:a'],
    ['="KV-cache"', '="kv cache"'],
    ['cat:CS.*', 'cat:cs'],
    ['source:hf', 'source:huggingface'],
    ['score >= 2.0', 'score≥2'],
  ])('prints %s and %s alike where they mean the same', (one, other) => {
    expect(printed(one)).toBe(printed(other));
  });

  it('prints filters alike that differ in order and repetition alone', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryFilterText, (one, other) => {
        fc.pre(parseFilter(`(${one}) (${other}) (${one})`).ok);
        expect(printed(`(${one}) (${other}) (${one})`)).toBe(printed(`(${other}) (${one})`));
      }),
    );
  });

  it('takes any text without throwing, and says where it went wrong in one line', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '"',
      '“',
      '-',
      'NOT',
      'OR',
      ' AND ',
      'cat:',
      'author:',
      'title:',
      'title:(',
      'org:',
      'has:code',
      'source:hf',
      '=',
      '*',
      '~',
      '~3',
      'age <= 7',
      'score≥',
      '1.5',
      'x',
      ' ',
      '\\',
      '$',
      '++',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 }))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseFilter(given);
        if (parsed.ok) return expect(parseFilter(printFilter(parsed.filter))).toEqual(parsed);
        expect(parsed.error.position).toBeGreaterThan(0);
        expect(parsed.error.position).toBeLessThanOrEqual(given.length + 1);
        expect(parsed.error.message).toMatch(/^[^\n\r]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});
