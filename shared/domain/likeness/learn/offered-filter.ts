import type { LearnedTopic, WordCounts } from '../learned-topic.js';
import type { Background } from './background.js';
import type { LearnedLikeness } from './learn-profile.js';
import type { SpellWord } from './words-that-count.js';

/** A filter in our language that finds nearly what a learned topic finds. */
interface OfferedFilter {
  readonly text: string;
  /** The share of the topic's papers that it finds, among the background's and the liked examples. */
  readonly finds: number;
}

/** A filter has at most so many terms, chosen among so many words; two that are wanted together are of the strongest. */
const mostTerms = 8;
const mostCandidates = 60;
const mostTogether = 24;

/** Two words side by side in a paper, function words passed over, are at most so far apart in its text. */
const near = 3;

/** The share of the background's papers that a filter is made for; three times as many are worth something. */
const aimedShare = 0.01;
const spread = 3;

interface Judged {
  readonly words: WordCounts;
  /** What it is worth to find it, from 0 to 1. */
  readonly worth: number;
}

/** One or two words, and the places of the papers that have them all. */
interface Clause {
  readonly words: readonly string[];
  readonly found: readonly number[];
}

/** Offers a filter for a topic as it was learned; `undefined` where the examples share no word that tells their papers from others. */
export function offeredFilter(
  topic: LearnedTopic,
  background: Background,
  { words, scores }: Pick<LearnedLikeness, 'words' | 'scores'>,
  spell: SpellWord,
): OfferedFilter | undefined {
  const liked = topic.examples.flatMap(({ liked, words }) => (liked && words ? [{ words, worth: 1 }] : []));
  if (liked.length === 0) return undefined;
  const judged = [...liked, ...worthsOf(topic, background, scores)];
  const fewest = Math.min(2, liked.length);
  const isShared = ({ found }: Clause) => found.filter((place) => place < liked.length).length >= fewest;
  const single = words
    .filter(({ word, weight }) => weight > 0 && !isTwice(word) && isShared(clauseOf(word, liked)))
    .slice(0, mostCandidates)
    .map(({ word }) => clauseOf(word, judged));
  const chosen = chooseClauses([...single, ...together(single.slice(0, mostTogether)).filter(isShared)], judged);
  if (chosen.length === 0) return undefined;
  const found = new Set(chosen.flatMap((each) => each.found));
  const text = chosen.map((clause) => clause.words.map((word) => written(word, spell)).join(' ')).join(' OR ');
  return { text, finds: worthAt([...found], judged) / worthAt([...judged.keys()], judged) };
}

const isTwice = (word: string) => new Set(word.split(' ')).size < word.split(' ').length;

function clauseOf(word: string, judged: readonly Judged[]): Clause {
  return { words: [word], found: judged.flatMap(({ words }, place) => (words.has(word) ? [place] : [])) };
}

function together(single: readonly Clause[]): readonly Clause[] {
  return single.flatMap((one, index) => {
    const found = new Set(one.found);
    return single.slice(0, index).map((other) => ({
      words: [...other.words, ...one.words],
      found: other.found.filter((place) => found.has(place)),
    }));
  });
}

function worthAt(places: readonly number[], judged: readonly Judged[]): number {
  return places.reduce((sum, place) => sum + (judged[place]?.worth ?? 0), 0);
}

/** The background's papers that are no examples: those that score highest are worth most, `aimedShare` of them in all. */
function worthsOf(topic: LearnedTopic, { papers }: Background, scores: Float64Array): readonly Judged[] {
  const examples = new Set(topic.examples.map(({ id }) => id));
  const others = papers.flatMap(({ id, words }, place) =>
    examples.has(id) ? [] : [{ words, score: scores[place] ?? 0 }],
  );
  const aimed = Math.max(1, Math.round(aimedShare * others.length));
  const ranked = others.map(({ score }) => score).sort((one, other) => other - one);
  const least = Math.max(0, ranked[spread * aimed] ?? 0);
  const above = ranked.slice(0, spread * aimed).reduce((sum, score) => sum + Math.max(0, score - least), 0);
  return others.map(({ words, score }) => ({
    words,
    worth: score > least ? Math.min(1, ((score - least) / above) * aimed) : 0,
  }));
}

/** Takes the clause that makes the filter better by most (F1), as long as one does. */
function chooseClauses(clauses: readonly Clause[], judged: readonly Judged[]): readonly Clause[] {
  const aimed = worthAt([...judged.keys()], judged);
  const chosen: Clause[] = [];
  const found = new Set<number>();
  let terms = 0;
  let hits = 0;
  let best = 0;
  for (;;) {
    let next: { clause: Clause; hits: number; f1: number } | undefined;
    for (const clause of clauses) {
      if (terms + clause.words.length > mostTerms) continue;
      const fresh = clause.found.filter((place) => !found.has(place));
      const sum = hits + worthAt(fresh, judged);
      const f1 = (2 * sum) / (found.size + fresh.length + aimed);
      if (f1 > (next?.f1 ?? best)) next = { clause, hits: sum, f1 };
    }
    if (!next) return chosen;
    chosen.push(next.clause);
    for (const place of next.clause.found) found.add(place);
    terms += next.clause.words.length;
    hits = next.hits;
    best = next.f1;
  }
}

function written(word: string, spell: SpellWord): string {
  return word.includes(' ') ? `"${spell(word)}"~${near}` : `"${spell(word)}"`;
}
