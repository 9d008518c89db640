import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { readingOf } from '../../../../shared/domain/filter/read/reading.js';
import { printFilter } from '../../../../shared/domain/filter/write-filter.js';
import { texToText } from '../../../../shared/domain/text/tex-to-text.js';
import { aPaper } from '../../../support/builders.js';
import { filterOf, isMatch } from '../../../support/filters.js';

function printed(text: string): string {
  const parsed = parseFilter(text);
  return parsed.ok ? printFilter(parsed.filter) : `${parsed.error.position}: ${parsed.error.message}`;
}

const findsTitle = (text: string, title: string) =>
  isMatch(filterOf(text), indexPaper(aPaper({ title, abstract: '', keywords: [] })));

describe('a pasted title', () => {
  const titles = [
    'WickBench: Trimming Wicks for Long Evenings',
    'Candle (C2L): Wax',
    'LAMPS -- A Study of Light',
    'Wax4.5: Methods, Colours & Shapes',
    'Not All Candles Burn Alike',
    'A flame does not burn wet wax',
    'Wax is NOT All a Candle Needs',
    'Wicks, not wax: what burns',
    'Does It Burn, or Not? A Second Look',
    'Tallow > Wax: Rethinking Light',
    'Light = Wick + Wax',
    'Lamps with <1 W per Room',
    "Let's <burn> about Lamps",
    'LW -WX: A Lamp for Few',
    'Lamp:Burning Long',
    'WICK:Lanterns Without a Field',
    `"Light''? On Lamps and 'Lamps'`,
    'On the “Wick” of „Wax“ and ‘Wool’',
    'The [WICK] Token and o-[n] Lamps',
    String.raw`\$Candle: $\mathcal{O}(n^2)$ Lamps in {W}ax, V_{0.5}`,
    'A \\& B: Lamps \\ldots Again',
    'C++ and C#: AND/OR in F# (and Why)?',
    '- A List of Lamps; Wicks, Wax and Wool…',
    '¿Lámparas? ¡Sí! – 蜡烛：一盏灯',
    'E.g. Lamps vs. Candles, a.k.a. Lights ... 100%',
    'Why f() Burns: (-) Charges (?)',
  ];

  it.each(titles)('finds its paper: %s', (title) => {
    const ways = [
      title,
      texToText(title),
      title.toLowerCase(),
      `${title}.`,
      `(${title})`,
      title.replaceAll(' ', '\u00a0 '),
    ];
    for (const text of ways) expect([text, findsTitle(text, title)]).toEqual([text, true]);
  });

  it.each(['Beyond the Abstract: Lamps Shown Whole', 'L*: Searching for Lamps with A* in Lean 4*'])(
    'finds its paper as long as its capitals stay: %s',
    (title) => {
      expect(findsTitle(title, title)).toBe(true);
    },
  );

  it('finds its paper when it was retyped in capitals', () => {
    expect(findsTitle('A FLAME IS SAID TO BURN, NOT TO EAT', 'A Flame Is Said to Burn, Not to Eat')).toBe(true);
    expect(printed('LAMP NOT WAX')).toBe('-wax lamp');
  });
});

describe('and, or, not', () => {
  it.each([
    ['lamp or candle', 'candl OR lamp'],
    ['large lamps and small candles or lanterns', 'candl lamp larg small OR lantern'],
    ['lamp not wax', '-wax lamp'],
    ['"paper lamp" not wax', '"paper lamp" -wax'],
    ['(lamp or candle) and not wax', '-wax (candl OR lamp)'],
    ['paper lamp not wax', '"not" lamp paper wax'],
    ['large lamps and small candles or old lanterns again', '"and" "or" again candl lamp lantern larg old small'],
    ['lamp Or candle', '"or" candl lamp'],
    ['why not wax?', '"not" wax whi'],
    ['or lamp', '"or" lamp'],
    ['lamp ANDNOT wax', '-wax lamp'],
    ['lamp AND NOT wax', '-wax lamp'],
    ['candles are NOT lamps', '"not" are candl lamp'],
    ['lamp && candle', 'candl lamp'],
    ['lamp&&candle', 'candl lamp'],
    ['lamp || candle', '6: "||" joins nothing: write OR for either of two'],
    ['lamp|candle', '5: "|" joins nothing: write OR for either of two'],
    ['p(x|y)', '"x y" p'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });
});

describe('signs of other searches', () => {
  it.each([
    ['lamp !wax', '-wax lamp'],
    ['lamp !(wax OR wool)', '-(wax OR wool) lamp'],
    ['lamp !"wet wax"', '-"wet wax" lamp'],
    ['lamp !=waxes', '-=waxes lamp'],
    ['lamp! wax !', 'lamp wax'],
    ['+lamp +wax', 'lamp wax'],
    ['lamp ¬wax', '-wax lamp'],
    ['lamp --wax', 'lamp wax'],
    ['[lamp OR candle] wax', '(candl OR lamp) wax'],
    ['{lamp candle} OR wax', 'candl lamp OR wax'],
    ['-【lamp OR candle】 wax', '-(candl OR lamp) wax'],
    ['title:[lamp OR wax]', 'title:lamp OR title:wax'],
    ['o-[n] [0, 1] wax', '"o n" 0 1 wax'],
    ['"paper lan*"', '"paper lan*"'],
    ['abstract:"paper lan*"', 'abstract:"paper lan*"'],
    ['paper-lan*', '"paper lan*"'],
    ['lan.*', 'lan*'],
    ['lan*, wax', 'lan* wax'],
    ['*tern', '1: "*tern" has "*" in front or inside: it can only end the last word, as in robot*'],
    ['wax lan*rn', '5: "lan*rn" has "*" in front or inside: it can only end the last word, as in robot*'],
    ['"lan* paper"', '1: "lan* paper" has "*" in front or inside: it can only end the last word, as in robot*'],
    ['"wax lan*"~3', '1: "wax lan*"~3 has both "~" and "*": use one of them'],
    ['lant?rn', '1: "lant?rn" has "?" inside: write the beginning with "*", or each spelling with OR'],
    ['wax NEAR/3 lamp', '5: "NEAR/3" joins nothing: write near words as in "sparse attention"~4'],
    ['"title:wax"', '1: The field comes before the quotes: write title:"wax"'],
    ['"title:wax\nlamp"', '1: The field comes before the quotes: write title:"wax lamp"'],
    ['"note: wax"', '"note wax"'],
    ['autor:quill', '1: "autor:" is not a field: write "author:", or put words with a colon in quotes'],
    ['wax au:quill', '5: "au:" is not a field: write "author:", or put words with a colon in quotes'],
    ['category:cs.CL', '1: "category:" is not a field: write "cat:", or put words with a colon in quotes'],
    ['wick:wax', '"wick wax"'],
    ['cat:cs.CL,cs.LG', '1: "cs.CL,cs.LG" is not one category: write, for example, cat:(cs.CL OR cs.LG)'],
    ['cat:cs.CL, wax', 'cat:cs.cl wax'],
    ['author:A. Quill', '1: "A." is an initial: put the whole name in quotes, as in author:"A. Quill"'],
    [
      'https://example.org/lamp',
      '1: "https://example.org/lamp" is not the address of a paper on arXiv or Hugging Face: write words, or an arXiv id',
    ],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toContain(wanted);
  });

  it.each([
    ["'paper lamp'", '"paper lamp"'],
    ['`paper lamp` wax', '"paper lamp" wax'],
    ['‘paper lamp’~3', '"lamp paper"~3'],
    ['「paper lamp」', '"paper lamp"'],
    ['『paper lamp』 OR 《wax doll》', '"paper lamp" OR "wax doll"'],
    ["title:'paper lamp'", 'title:"paper lamp"'],
    ["makers' lamps OR sellers' wax", 'lamp maker OR seller wax'],
    ["'tis wax OR 'twas wool", 'ti wax OR twa wool'],
    ["wax 5'' wide", '5 wax wide'],
    ['"wet wax. Dry wool"', '"dri wool" "wet wax"'],
    ['="wet waxes? Dry"', '="wet waxes" =dry'],
  ])('takes %s for a phrase where quotes stand around one', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });
});

describe('a list', () => {
  it.each([
    ['wax, lamps, wool', 'lamp OR wax OR wool'],
    ['wax; paper lamps; "wet wool"', '"wet wool" OR lamp paper OR wax'],
    ['wax, lamps or wool', 'lamp OR wax OR wool'],
    ['wax, lamps, or wool,', 'lamp OR wax OR wool'],
    ['wax，lamps、wool', 'lamp OR wax OR wool'],
    ['wax, lamps', 'lamp wax'],
    ['wax,lamps', 'lamp wax'],
    ['1,000 lamps', '"1 000" lamp'],
    ['wax, lamps, and wool', 'lamp wax wool'],
    ['wax, lamps, -wool', '-wool lamp wax'],
    ['Wax, Lamps, Wool: A Study', 'a lamp studi wax wool'],
    ['wax, a very long entry, wool', 'a entri long veri wax wool'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });
});

describe('the id of a paper', () => {
  it.each([
    '2608.05990',
    '2608.05990v3',
    'arXiv:2608.05990v2',
    'arXiv: 2608.05990',
    'arxiv 2608.05990.',
    'arXiv:2608.05990v1 [cs.CL]',
    'oai:arXiv.org:2608.05990',
    'id:2608.05990',
    'id:arXiv:2608.05990',
    '"2608.05990"',
    '(2608.05990)',
    '<https://arxiv.org/abs/2608.05990>',
    'http://arxiv.org/abs/2608.05990v2',
    'https://www.arxiv.org/abs/2608.05990?context=cs#top',
    'arxiv.org/pdf/2608.05990.pdf',
    'https://export.arxiv.org/pdf/2608.05990v1.pdf#page=3',
    'https://arxiv.org/html/2608.05990v1#S3.F2',
    'https://huggingface.co/papers/2608.05990',
    'huggingface.co/papers/2608.05990#community',
    'https://hf.co/papers/2608.05990,',
    '10.48550/arXiv.2608.05990',
    'https://doi.org/10.48550/arXiv.2608.05990',
    'ａｒＸｉｖ：２６０８．０５９９０',
    '2608\u200b.05990',
  ])('is read from %s', (text) => {
    expect(printed(text)).toBe('id:2608.05990');
  });

  it.each([
    ['hep-th/9901001', 'id:hep-th/9901001'],
    ['arXiv:math.gt/0309136v1', 'id:math.GT/0309136'],
    ['-2608.05990 wax', '-id:2608.05990 wax'],
    ['wax 2608.05990 2608.05991v2', '(id:2608.05990 OR id:2608.05991) wax'],
    ['id:(2608.05990 OR 2608.05991)', 'id:2608.05990 OR id:2608.05991'],
    ['2608.05990 AND 2608.05991', 'id:2608.05990 id:2608.05991'],
    ['2613.05990', '"2613 05990"'],
    ['https://arxiv.org/list/cs.CL/recent', '1: "https://arxiv.org/list/cs.CL/…" is not the address'],
    ['id:wax', '1: "wax" is not an arXiv id: write, for example, id:2608.05990'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toContain(wanted);
  });
});

describe('what a text looks like', () => {
  it.each([
    ['（lamp ＯＲ wax） －wool', '(lamp OR wax) -wool'],
    ['ｃａｔ：ｃｓ．ＣＬ', 'cat:cs.CL'],
    ['＂wet wax＂～３ ＝waxes lan＊', '"wet wax"~3 =waxes lan*'],
    ['ｓｔａｒｓ＞＝５', 'stars>=5'],
    ['！wax lamp', '!wax lamp'],
    ['wax\u3000lamp', 'wax lamp'],
    ['ti\u00adtle:wax', 'title:wax'],
    ['\ufeffwax \u200eO\u2060R\u200f lamp', 'wax OR lamp'],
    ['\u202awax\u202c lamp', 'wax lamp'],
  ])('is what it is read as: %j', (text, plain) => {
    expect(parseFilter(text)).toEqual(parseFilter(plain));
  });

  it('reads the same with invisible characters anywhere', () => {
    const filter = 'title:wax OR "wet wool"~3 -(lan* OR cat:cs.CL)';
    const invisible = fc.constantFrom('\u200b', '\u00ad', '\u2060', '\u200e', '\u202e', '\ufe0f');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: filter.length }), invisible), { maxLength: 6 }), (places) => {
        let text = filter;
        for (const [at, sign] of places.toSorted(([one], [other]) => other - one))
          text = text.slice(0, at) + sign + text.slice(at);
        expect(parseFilter(text)).toEqual(parseFilter(filter));
      }),
    );
  });

  it.each([
    ['wax\u200b \u200bＯＲ', 10],
    ['ﬃ （lamp', 3],
    ["\u00ad\u00adwax ''", 9],
    ['\u{1d400}\u200b wax ｜ lamp', 9],
  ])('says where a mistake is in what was typed: %j', (text, position) => {
    expect(parseFilter(text)).toMatchObject(position > text.length ? {} : { ok: false, error: { position } });
  });
});

describe('how a filter was read', () => {
  it.each([
    ['lamp wax', undefined],
    ['lamp AND (wax OR "wet wool") -title:=waxes cat:cs.CL', undefined],
    ['Is wax all you need?', undefined],
    ['lamp OR', undefined],
    ['lamp or wax', 'Read as: lamp OR wax.'],
    ['Wick: Wax & Wool', 'Read as: Wick AND Wax AND Wool.'],
    ['arXiv:2608.05990v2', 'Read as: id:2608.05990.'],
    ['2608.05990 2608.05991', 'Read as: id:2608.05990 OR id:2608.05991.'],
    ['lamp !wax', 'Read as: lamp AND -wax.'],
    ['wax, lamps, wool', 'Read as: wax OR lamps OR wool.'],
    [
      'Wax does not melt',
      'Read as: Wax AND does AND "not" AND melt. "not" is a word here: write NOT to leave papers out.',
    ],
    ['Or: lamps', 'Read as: Or AND lamps.'],
    ['Wax Or Wool', 'Read as: Wax AND "Or" AND Wool. "Or" is a word here: write OR for either of two.'],
  ])('is told where it is not plain to see: %s', (text, wanted) => {
    expect(readingOf(text)).toBe(wanted);
  });

  it('is told in few characters', () => {
    expect(readingOf('wax: wool '.repeat(100))?.length).toBeLessThan(300);
  });
});
