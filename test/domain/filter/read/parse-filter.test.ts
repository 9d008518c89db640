import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { printFilter } from '../../../../shared/domain/filter/write-filter.js';
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
    ['title:(a OR "b c" -d/e)', '-title:"d e" title:"b c" OR title:a'],
    ['cat:(cs.CL OR cs.LG)', 'cat:cs.cl OR cat:cs.lg'],
    ['org:"Müller & Co" has:CODE', 'has:code org:"muller co"'],
    ['source:hf OR source:arXiv OR source:"hugging face"', 'source:arxiv OR source:hugging-face'],
    ['Score >= 2.50 upvotes≥007 stars>= 3 age<=30', 'age<=30 score>=2.5 stars>=3 upvotes>=7'],
    ['(upvotes>=9) score OR stars', 'score upvotes>=9 OR star'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });

  it.each([
    ['', 1, 'The filter is empty: write a word to search for'],
    ['(alpha OR )', 11, 'A word is missing between "OR" and ")"'],
    ['alpha)', 6, 'This ")" closes a bracket that was never opened'],
    [')', 1, 'This ")" closes a bracket that was never opened'],
    ['(alpha', 1, 'The bracket opened before "alpha" is never closed'],
    ['a (beta OR (gamma', 12, 'The bracket opened before "gamma" is never closed'],
    ['title:(alpha', 7, 'The bracket opened before "alpha" is never closed'],
    ['(alpha) (', 9, 'The bracket opened at the end is never closed'],
    ['a "b c', 3, 'The quote opened before "b c" is never closed'],
    ['a "', 3, 'The quote opened at the end is never closed'],
    ['a AND AND b', 7, 'A word is missing between "AND" and "AND"'],
    ['OR a', 1, 'The filter begins with "OR": write a word before it'],
    ['a OR', 5, 'The filter ends with "OR": write a word after it'],
    ['a NOT', 6, 'The filter ends with "NOT": write a word after it'],
    ['()', 2, 'A word is missing between "(" and ")"'],
    ['a -', 3, '"-" has no word right after it: write, for example, -survey'],
    ['&', 1, '"&" has no letter or digit to search for'],
    ['a titel:b', 3, '"titel:" is not a field: write "title:", or put words with a colon in quotes'],
    ['cat: cs', 1, '"cat:" has nothing right after it: write, for example, cat:cs.CL'],
    ['cat:12', 1, '"12" is not an arXiv category: write, for example, cat:cs.CL'],
    ['author:""', 1, '"author:" has nothing right after it: write, for example, author:hinton'],
    ['a title: b', 3, '"title:" has nothing right after it: write, for example, title:robot'],
    ['title:-a', 1, '"-" comes after "title:": write it first, for example -title:robot'],
    ['title:=', 1, '"=" has no word right after it: write, for example, =serving'],
    ['title:cat:x', 1, '"title:cat:x" has two fields: write one of them only'],
    ['title:stars>=3', 1, '"title:" cannot go with "stars>=3": write the two apart'],
    ['title:(a cat:cs)', 10, '"cat:cs" cannot be inside the brackets of "title:": move it out of them'],
    ['org:(a OR age<=3)', 11, '"age<=3" cannot be inside the brackets of "org:": move it out of them'],
    ['title:(a abstract:(b))', 10, '"abstract:(" cannot be inside the brackets of "title:": move it out of them'],
    ['cat:(12)', 6, '"12" is not an arXiv category: write, for example, cat:cs.CL'],
    ['=', 1, '"=" has no letter or digit to search for'],
    ['=title:a', 1, '"=" comes before the field: write "title:=a"'],
    ['a*', 1, '"a*" is too short: write at least 2 characters before "*"'],
    ['pre-t*', 1, '"pre-t*" is too short: write at least 2 characters before "*"'],
    ['=pre*', 1, '"=pre*" has both "=" and "*": use one of them'],
    ['*', 1, '"*" has no letter or digit to search for'],
    ['"a b"~0', 1, '"~0" is not a distance: write "~" and a whole number from 1 to 20'],
    ['"a b"~21', 1, '"~21" is not a distance: write "~" and a whole number from 1 to 20'],
    ['"a b"~', 1, '"~" is not a distance: write "~" and a whole number from 1 to 20'],
    ['"model models"~3', 1, '"model models"~3 has no two different words that could be near each other'],
    ['="a b"~3', 1, '="a b"~3 has both "=" and "~": use one of them'],
    [
      'agent~2',
      1,
      '"agent~2" has "~" after a single word: write it after two or more words in quotes, for example "sparse attention"~4',
    ],
    ['author:quil*', 1, '"quil*" is not a whole name: write, for example, author:hinton'],
    ['author:=quill', 1, '"=quill" is not a whole name: write, for example, author:hinton'],
    ['author:"--"', 1, '"--" is not a whole name: write, for example, author:hinton'],
    ['has:data', 1, '"data" cannot come after "has:": write has:code'],
    ['source:x', 1, '"x" is not a source: write source:arxiv or source:hugging-face'],
    ['a upvotes<=5', 3, '"upvotes" goes with ">=" only, not with "<=": write, for example, upvotes>=20'],
    ['stars=5', 1, '"stars" goes with ">=" only, not with "=": write, for example, stars>=100'],
    ['age>5', 1, '"age" goes with "<=" only, not with ">": write, for example, age<=7'],
    ['stars>=-1', 1, '"-1" is not a whole number of up to nine digits: write, for example, stars>=100'],
    ['upvotes>=2.5', 1, '"2.5" is not a whole number of up to nine digits: write, for example, upvotes>=20'],
    ['score>=', 1, '"score>=" has no number after it: write, for example, score>=1.5'],
    [
      'score>=1.2345',
      1,
      '"1.2345" is not a number of up to nine digits and three decimals: write, for example, score>=1.5',
    ],
    [
      'likes>=3',
      1,
      '"likes" cannot be compared with a number: only score>=, upvotes>=, stars>= and age<= can; put words with ">=" in quotes',
    ],
  ])('says what is wrong with %s, and where', (text, position, message) => {
    expect(parseFilter(text)).toEqual({ ok: false, error: { position, message } });
  });

  it.each([
    ['-a', 1],
    ['NOT a -b', 1],
    ['a OR -b', 6],
    ['NOT (a b)', 1],
    ['(a -b) OR -c', 11],
    ['x -y OR ((p -q) OR -c)', 20],
    ['((-a OR b) c) OR –d', 18],
  ])('refuses %s, which matches nearly every paper, and says by which negation', (text, position) => {
    const sign = /^NOT|./.exec(text.slice(position - 1))?.[0];
    const message = `"${sign}" only leaves papers out here, so nearly every paper matches: add a word that must occur beside it`;
    expect(parseFilter(text)).toEqual({ ok: false, error: { position, message } });
  });

  it.each([
    ['x'.repeat(2001), 2001, 'The filter has 2001 characters: it can have at most 2000'],
    [`"${'x '.repeat(65)}"`, 1, 'This phrase has 65 words: it can have at most 64'],
    ['x '.repeat(65), 129, 'The filter has too many words and phrases: it can have at most 64'],
    ['﷼'.repeat(600), 601, 'Written out in full, the filter has 2400 characters: it can have at most 2000'],
    [`${'('.repeat(17)}x${')'.repeat(17)}`, 17, 'Brackets are nested 17 deep: they can be at most 16 deep'],
  ])('says what is too large', (text, position, message) => {
    expect(parseFilter(text)).toEqual({ ok: false, error: { position, message } });
  });

  it('shows a long or broken piece of the text short and on one line', () => {
    expect(printed(`*${'x'.repeat(40)}`)).toContain(`"*${'x'.repeat(28)}…" has "*" in front`);
    expect(printed('("a\n\tb"')).toBe('The bracket opened before "a b" is never closed');
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
        if (!parsed.ok) return expect(parsed.error.message).toContain('at most');
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
