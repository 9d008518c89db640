import { describe, expect, it } from '@jest/globals';
import { mostNamed } from '../../../shared/domain/likeness/named-paper.js';
import { readNamedPapers } from '../../../shared/sources/named/read-named-papers.js';

const abstract =
  'A kite string is wound by a small motor, and the motor is told by the wind how fast it has to be wound today.';

/** What is named in a text, which must be readable. */
function named(text: string | Uint8Array) {
  const read = readNamedPapers(text);
  if (!read.ok) throw new Error(read.problem);
  return read;
}
const problem = (text: string | Uint8Array) => {
  const read = readNamedPapers(text);
  return read.ok ? undefined : read.problem;
};
const ids = (text: string) => named(text).papers.map(({ id }) => id);
const titles = (text: string | Uint8Array) => named(text).papers.map(({ title }) => title);

describe('a list of papers', () => {
  it.each([
    '2401.12345',
    '2401.12345v3',
    'arXiv:2401.12345v1',
    'arxiv.org/abs/2401.12345',
    'https://arxiv.org/abs/2401.12345v2?context=cs',
    'http://www.arxiv.org/pdf/2401.12345.pdf',
    'https://export.arxiv.org/pdf/2401.12345v4',
    'https://arxiv.org/html/2401.12345v1#S2',
    'https://huggingface.co/papers/2401.12345',
    'https://www.alphaxiv.org/abs/2401.12345',
    'https://ar5iv.org/abs/2401.12345',
    '10.48550/arXiv.2401.12345',
    'doi:10.48550/arxiv.2401.12345',
    'https://doi.org/10.48550/ARXIV.2401.12345',
    '[2401.12345]',
    '"2401.12345",',
    'Kites and winches (arXiv:2401.12345).',
  ])('knows the id in %s', (text) =>
    expect(named(text)).toEqual({ ok: true, papers: [{ id: '2401.12345' }], unread: [] }),
  );

  it('knows old ids, and the same paper with a subject class', () => {
    expect(ids('hep-th/9711200\nhttps://arxiv.org/abs/cs/0309136v1 math.GT/0309136')).toEqual([
      'hep-th/9711200',
      'cs/0309136',
      'math/0309136',
    ]);
  });

  it('takes several ids a line, and each paper once', () => {
    expect(ids('2401.00001, 2401.00002;2401.00001v2 2401.00003')).toEqual(['2401.00001', '2401.00002', '2401.00003']);
  });

  it('takes titles one a line, with their bullets, numbers and quotes left off', () => {
    const text =
      '1. Kites in a Storm\n[2] "Winches, wound"\r\n- Strings $\\alpha$ and $\\beta$.\n\n  • kites IN a storm';
    expect(titles(text)).toEqual(['Kites in a Storm', 'Winches, wound', 'Strings α and β']);
  });

  it("finds no id in another publisher's DOI, in longer numbers or in months that do not exist", () => {
    for (const text of ['10.1145/2012.12345', '32012.12345', '2413.12345', '2012.123456']) {
      const { papers } = readNamedPapers(text) as { papers?: { id?: string }[] };
      expect(papers?.some(({ id }) => id !== undefined) ?? false).toBe(false);
    }
  });

  it('names the lines that name no paper', () => {
    expect(named('Kites in a storm\nhttps://example.org/kites\n12345').unread).toEqual([
      'https://example.org/kites',
      '12345',
    ]);
  });

  it('takes 200 papers, and refuses one more', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, at) => `2401.${String(at).padStart(5, '0')}`).join('\n');
    expect(ids(list(mostNamed))).toHaveLength(mostNamed);
    expect(problem(list(mostNamed + 1))).toBe('These are more than 200 papers. Name at most 200.');
  });
});

describe('a file of BibTeX', () => {
  it('gives ids, titles without TeX and braces, and abstracts', () => {
    const text = `@article{one, title = {{Kites} and \\"Ubersicht of {M\\"uller} {KV Strings}}, eprint={2401.00001}, archivePrefix={arXiv},
      abstract = {${abstract}}, year = 2024}
      @comment{nothing}
      @string{kite = "Kite"}
      @InProceedings(two, title = "Winches" # { of wood}, journal = {arXiv preprint arXiv:2401.00002}) @misc{three,
        title={Strings}, doi={10.48550/arXiv.2401.00003}}
      @article{four, title={Wind}, journal={CoRR}, volume={abs/2401.00004}}`;
    expect(named(text)).toEqual({
      ok: true,
      papers: [
        { id: '2401.00001', title: 'Kites and Übersicht of Müller KV Strings', abstract },
        { id: '2401.00002', title: 'Winches of wood' },
        { id: '2401.00003', title: 'Strings' },
        { id: '2401.00004', title: 'Wind' },
      ],
      unread: [],
    });
  });

  it('loses one entry that is damaged or names no paper, and tells its key', () => {
    const text = '@a{good, title={Kites}}\n@a{open, title={Winches\n@a{empty, year=2020}\n@a{last, title={Strings}}';
    expect(named(text)).toMatchObject({
      papers: [{ title: 'Kites' }, { title: 'Strings' }],
      unread: ['open', 'empty'],
    });
  });

  it('takes an abstract of a few words for none', () => {
    expect(named('@a{x, title={Kites}, abstract={See above.}}').papers).toEqual([{ title: 'Kites' }]);
  });
});

describe('a file of RIS', () => {
  it('gives ids, titles over several lines, and abstracts', () => {
    const text = `TY  - JOUR\r\nTI  - Kites\r\n and winches\r\nAB  - ${abstract}\r\nUR  - https://arxiv.org/abs/2401.00001\r\nER  - \r\n
TY  - CPAPER\nT1  - Strings\nER  -\nTY  - JOUR\nID  - nameless\nER  -`;
    expect(named(text)).toEqual({
      ok: true,
      papers: [{ id: '2401.00001', title: 'Kites and winches', abstract }, { title: 'Strings' }],
      unread: ['nameless'],
    });
  });
});

describe('a file of CSL-JSON', () => {
  it('gives ids, titles and abstracts, also of an export with its items inside', () => {
    const items = [
      { id: 'one', title: 'Kites <i>in</i> air', abstract, DOI: '10.48550/arXiv.2401.00001' },
      {
        id: 'two',
        type: 'article',
        title: 'Strings',
        author: [{ family: 'Reed' }],
        URL: 'https://arxiv.org/abs/2401.00002',
      },
      { id: 'three' },
      7,
    ];
    const expected = {
      ok: true,
      papers: [
        { id: '2401.00001', title: 'Kites in air', abstract },
        { id: '2401.00002', title: 'Strings' },
      ],
      unread: ['three', 'entry 4'],
    };
    expect(named(JSON.stringify(items))).toEqual(expected);
    expect(named(JSON.stringify({ items }))).toEqual(expected);
  });

  it('is refused when it is damaged, and no prototype is touched', () => {
    expect(problem('[{"id": "one", "title": "Kites"')).toMatch(/damaged/);
    expect(titles('[{"__proto__": {"title": "Wind"}, "title": "Kites"}]')).toEqual(['Kites']);
    expect(({} as { title?: string }).title).toBeUndefined();
  });
});

describe('what a file is written in', () => {
  it.each([
    ['UTF-8', Buffer.from('Über Drachen')],
    ['UTF-8 with a mark', Buffer.from('\ufeffÜber Drachen')],
    ['UTF-16 of one kind', Buffer.from('\ufeffÜber Drachen', 'utf16le')],
    ['UTF-16 of the other', Buffer.from('\ufeffÜber Drachen', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('Über Drachen', 'latin1')],
  ])('may be %s', (_, bytes) => expect(titles(bytes)).toEqual(['Über Drachen']));

  it('must be text, of at most 1 MB, with a paper in it', () => {
    expect(problem(Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2]))).toMatch(/not a text file/);
    expect(problem('x '.repeat(500_001))).toMatch(/larger than 1 MB/);
    expect(problem(' \n\t\n ')).toMatch(/No paper is named/);
  });
});
