import { readFileSync } from 'node:fs';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { anEdition, aPaper, day, instant, paperId } from '../../support/builders.js';
import { seeded } from '../measure.js';

interface WrittenPaper {
  readonly title: string;
  readonly abstract: string;
}

const words =
  'the of a and to in we for that with model models language learning data which large training tasks on method show by ' +
  'token context long is are evaluation performance existing approach framework novel results across while this from ' +
  'remains propose introduce sparse routing robust “KV cache” speculative decoding state-of-the-art — $O(n \\log n)$ é';
const vocabulary = words.split(' ');
/** What papers are about, two of these each. */
export const subjects =
  'agents reasoning diffusion video memory benchmark reward attention retrieval alignment inference experts policy image'.split(
    ' ',
  );
const papersOfADay = 119;

/** A text of whole sentences of at least so many characters. */
function sentences(random: () => number, length: number, about: readonly string[]): string {
  let text = '';
  while (text.length < length) {
    const count = 14 + Math.floor(random() * 16);
    const picked = Array.from({ length: count }, () => drawn(random, random() < 0.05 ? about : vocabulary));
    const sentence = picked.join(' ');
    text += `${text === '' ? '' : ' '}${sentence.charAt(0).toUpperCase()}${sentence.slice(1)} by ${(random() * 40).toFixed(1)}%.`;
  }
  return text;
}

function madeUp(random: () => number): readonly WrittenPaper[] {
  return Array.from({ length: papersOfADay }, () => {
    const about = [drawn(random, subjects), drawn(random, subjects)];
    return { title: sentences(random, 60, about).slice(0, 84).trim(), abstract: sentences(random, 1150, about) };
  });
}

/** One of a list. */
export function drawn(random: () => number, list: readonly string[]): string {
  return list[Math.floor(random() * list.length)] ?? '';
}

function ranked({ title, abstract }: WrittenPaper, place: number, random: () => number): RankedPaper {
  const gained = Math.ceil(random() * 90);
  const names = ['Ada Quill', 'Benedikta Okafor-Lindqvist', 'Wei Zhang', 'José Álvarez', 'Priya Raghunathan'];
  return {
    paper: aPaper({
      id: paperId(place + 1),
      title,
      abstract,
      authors: Array.from({ length: 3 + Math.floor(random() * 9) }, (_, at) => names[at % names.length] ?? ''),
      categories: ['cs.CL', 'cs.LG', 'cs.AI'],
      organisation: 'The Institute of Made-Up Papers',
      codeUrl: `https://github.com/made-up-institute/paper-number-${place}`,
      ...(random() < 0.5 && { projectUrl: `https://made-up-institute.example/projects/${place}` }),
      ...(random() < 0.5 && { aiSummary: abstract.slice(0, 190) }),
    }),
    score: { value: 9 - place / 20, parts: [{ signal: 'upvotes', points: 2, gained, hours: 5 + (place % 20) }] },
    counts: { upvotes: gained + 12, comments: 2, stars: 138 },
    curve: Array.from({ length: 12 }, (_, at) => Math.round((gained * at) / 11)),
  };
}

/** An edition of 119 papers of real sizes, or of the papers of a JSON file (`[{"title","abstract"}]`). */
export function benchEdition(file?: string): Edition {
  const random = seeded(13);
  const papers: readonly WrittenPaper[] = file === undefined ? madeUp(random) : JSON.parse(readFileSync(file, 'utf8'));
  return anEdition({
    date: day('2026-08-07'),
    formula: 2,
    publishedAt: instant('2026-08-07T05:02'),
    days: [{ date: day('2026-08-07'), listed: papers.length }],
    papers: papers.map((paper, place) => ranked(paper, place, random)),
  });
}
