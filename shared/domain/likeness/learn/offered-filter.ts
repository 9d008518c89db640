import type { LearnedTopic, WordCounts } from '../learned-topic.js';
import type { Background } from './background.js';
import type { LearnedLikeness } from './learn-profile.js';
import type { SpellWord } from './words-that-count.js';

/** A filter in our language that finds nearly what a learned topic finds. */
export interface OfferedFilter {
  readonly text: string;
  /** The share of the topic's papers that it finds, among the background's and the liked examples. */
  readonly finds: number;
}

/** A filter has at most so many terms, chosen among so many words. */
const mostTerms = 8;
const mostCandidates = 60;

/** Two words side by side in a paper, function words passed over, are at most so far apart in its text. */
const near = 3;

/** The share of the background's papers that a filter is made for, those most like the examples. */
const aimedShare = 0.02;

interface Judged {
  readonly counts: WordCounts;
  /** What it is worth to find it, from 0 to 1. */
  readonly worth: number;
}

/** Offers a filter for a topic as it was learned; `undefined` where the examples share no word that tells their papers from others. */
export function offeredFilter(
  topic: LearnedTopic,
  background: Background,
  { words, scores }: Pick<LearnedLikeness, 'words' | 'scores'>,
  spell: SpellWord,
): OfferedFilter | undefined {
  const liked = topic.examples.flatMap(({ liked, words }) => (liked && words ? [words] : []));
  if (liked.length === 0) return undefined;
  const judged = judgedPapers(liked, background, scores);
  const fewest = Math.min(2, liked.length);
  const candidates = words
    .filter(
      ({ word, weight }) => weight > 0 && !isTwice(word) && liked.filter((paper) => paper.has(word)).length >= fewest,
    )
    .slice(0, mostCandidates)
    .map(({ word }) => ({ word, found: judged.flatMap(({ counts }, place) => (counts.has(word) ? [place] : [])) }));
  const chosen = chooseTerms(candidates, judged);
  if (chosen.length === 0) return undefined;
  const found = new Set(chosen.flatMap((each) => each.found));
  const aimed = judged.reduce((sum, { worth }) => sum + worth, 0);
  const finds = [...found].reduce((sum, place) => sum + (judged[place]?.worth ?? 0), 0) / aimed;
  return { text: chosen.map(({ word }) => written(word, spell)).join(' OR '), finds };
}

const isTwice = (word: string) => new Set(word.split(' ')).size < word.split(' ').length;

function judgedPapers(liked: readonly WordCounts[], { papers }: Background, scores: Float64Array): readonly Judged[] {
  const most = Math.max(1, Math.round(aimedShare * scores.length));
  const least = scores.toSorted().reverse()[most - 1] ?? Number.POSITIVE_INFINITY;
  return [
    ...liked.map((counts) => ({ counts, worth: 1 })),
    ...papers.map(({ words }, place) => ({ counts: words, worth: (scores[place] ?? 0) >= least && least > 0 ? 1 : 0 })),
  ];
}

interface Candidate {
  readonly word: string;
  readonly found: readonly number[];
}

/** Takes the word that makes the filter better by most (F1), as long as one does. */
function chooseTerms(candidates: readonly Candidate[], judged: readonly Judged[]): readonly Candidate[] {
  const aimed = judged.reduce((sum, { worth }) => sum + worth, 0);
  const chosen: Candidate[] = [];
  const found = new Set<number>();
  let hits = 0;
  let best = 0;
  for (;;) {
    let next: { candidate: Candidate; hits: number; f1: number } | undefined;
    for (const candidate of candidates) {
      const fresh = candidate.found.filter((place) => !found.has(place));
      const sum = fresh.reduce((total, place) => total + (judged[place]?.worth ?? 0), hits);
      const f1 = (2 * sum) / (found.size + fresh.length + aimed);
      if (f1 > (next?.f1 ?? best)) next = { candidate, hits: sum, f1 };
    }
    if (!next || chosen.length === mostTerms) return chosen;
    chosen.push(next.candidate);
    for (const place of next.candidate.found) found.add(place);
    hits = next.hits;
    best = next.f1;
  }
}

function written(word: string, spell: SpellWord): string {
  return word.includes(' ') ? `"${spell(word)}"~${near}` : `"${spell(word)}"`;
}
