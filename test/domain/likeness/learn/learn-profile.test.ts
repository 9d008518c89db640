import { describe, expect, it } from '@jest/globals';
import { compileFilter } from '../../../../shared/domain/filter/compile-filter.js';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { backgroundOf } from '../../../../shared/domain/likeness/learn/background.js';
import { learnLikeness, learnProfile } from '../../../../shared/domain/likeness/learn/learn-profile.js';
import { offeredFilter } from '../../../../shared/domain/likeness/learn/offered-filter.js';
import { spellingOf, wordsThatCount } from '../../../../shared/domain/likeness/learn/words-that-count.js';
import type { LearnedTopic } from '../../../../shared/domain/likeness/learned-topic.js';
import { wordCounts } from '../../../../shared/domain/likeness/word-counts.js';

const subjects = ['lamps', 'candles', 'wicks', 'oils', 'shelves', 'moths', 'tables', 'archives', 'smoke', 'rows'];
const text = (place: number) =>
  place % 20 === 0
    ? `Speculative decoding drafts tokens ${place} for the reader of ${subjects[(place / 20) % 10]}.`
    : `A survey reads ${subjects[place % 10]} with method ${place} by hand and counts ${subjects[(place * 7) % 10]}.`;
const papers = Array.from({ length: 200 }, (_, place) => ({
  id: `paper ${place}`,
  title: `Paper ${place}`,
  words: wordCounts('', text(place)),
}));
const frequency = new Map<string, number>();
for (const { words } of papers) for (const word of words.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
const background = backgroundOf(papers, { papers: papers.length, of: (word) => frequency.get(word) ?? 0 });
const spell = spellingOf(papers.map((_, place) => text(place)));

function topic(liked: readonly number[], over: Partial<LearnedTopic> = {}, disliked: readonly number[] = []) {
  const examples = [...liked, ...disliked].flatMap((place) => {
    const paper = papers[place];
    return paper ? [{ ...paper, liked: liked.includes(place) }] : [];
  });
  return { name: 'x', examples, struck: [], pinned: [], strictness: 3, order: 'trend', ...over } satisfies LearnedTopic;
}

describe('what is learned from examples', () => {
  it('ranks papers that share their words before all others', () => {
    const { scores } = learnLikeness(topic([0, 20, 40]), background);
    const ranked = [...scores.keys()].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
    expect(ranked.slice(0, 10).every((place) => place % 20 === 0)).toBe(true);
  });

  it('speaks against what only disliked papers have', () => {
    const weightOf = (word: string, { words }: ReturnType<typeof learnLikeness>) =>
      words.find((each) => each.word === word)?.weight ?? 0;
    const before = learnLikeness(topic([0, 20, 40]), background);
    const after = learnLikeness(topic([0, 20, 40], {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]), background);
    expect(weightOf('survey', after)).toBeLessThan(weightOf('survey', before));
    expect(weightOf('survey', after)).toBeLessThan(0);
  });

  it('finds more papers, the wider it is, and is silent at the strictest after few examples', () => {
    const { steps } = learnLikeness(topic([0, 20]), background);
    const found = steps.map(({ papers: count }) => count);
    expect(found[0]).toBe(0);
    expect(found.toSorted((one, other) => one - other)).toEqual(found);
    expect(found.at(-1)).toBeGreaterThan(found[1] ?? 0);
  });

  it('says a few papers at the strictest after many examples, those that score highest', () => {
    const about = (place: number) =>
      wordCounts('', `${place % 3 === 0 ? 'Speculative decoding of tokens' : 'A survey by hand'} for ${text(place)}`);
    const many = Array.from({ length: 300 }, (_, place) => ({
      id: `${place}`,
      title: `${place}`,
      words: about(place),
    }));
    const week = backgroundOf(many, background.frequencies);
    const examples = many.slice(0, 90).map((paper, place) => ({ ...paper, liked: place % 3 === 0 }));
    const { scores, steps } = learnLikeness(topic([], { examples }), week);
    const said = many.flatMap((_, place) => ((scores[place] ?? 0) >= (steps[0]?.threshold ?? 0) ? [place] : []));
    expect(steps[0]?.papers).toBeGreaterThan(3);
    expect(steps[0]?.papers).toBeLessThan(12);
    expect(said.every((place) => place % 3 === 0)).toBe(true);
    expect(steps[1]?.papers).toBeGreaterThanOrEqual(steps[0]?.papers ?? 0);
  });

  it('counts pairs of words the less, the more papers are liked', () => {
    const share = (liked: readonly number[]) => {
      const weightOf = (word: string) =>
        learnLikeness(topic(liked), background).words.find((each) => each.word === word)?.weight ?? 0;
      return weightOf('specul decod') / weightOf('specul');
    };
    expect(share([0, 20])).toBeGreaterThan(share([0, 20, 40, 60, 80, 100, 120, 140]));
  });

  it('finds nothing without a liked paper', () => {
    expect(learnProfile(topic([], {}, [1, 2]), background).words.every(({ weight }) => weight <= 0)).toBe(true);
  });

  it('leaves out struck words, also in pairs, and has pinned ones that no example has', () => {
    const { words } = learnProfile(topic([0, 20], { struck: ['decod'], pinned: ['moth'] }), background);
    expect(words.some(({ word }) => word.split(' ').includes('decod'))).toBe(false);
    expect(words.find(({ word }) => word === 'moth')?.weight).toBeGreaterThan(0);
  });

  it('names the example from which a word comes, as far as titles are kept', () => {
    const { words, titles } = learnProfile(topic([20, 21]), background);
    const { example } = words.find(({ word }) => word === 'specul decod') ?? {};
    expect(titles[example ?? -1]).toBe('Paper 20');
  });
});

describe('the words that count', () => {
  it('are spelled as people write them, with the papers they come from', () => {
    const given = topic([0, 20], {}, [1]);
    const shown = wordsThatCount(given, learnLikeness(given, background), spell);
    const pair = shown.find(({ word }) => word === 'specul decod');
    expect(pair?.written).toBe('speculative decoding');
    expect(pair?.examples.map(({ title }) => title)).toEqual(['Paper 0', 'Paper 20']);
    expect(Math.max(...shown.map(({ weight }) => Math.abs(weight)))).toBe(1);
  });
});

describe('the offered filter', () => {
  it('is of at most eight terms, can be read and finds what the topic finds', () => {
    const given = topic([0, 20, 40]);
    const offered = offeredFilter(given, background, learnLikeness(given, background), spell);
    const parsed = parseFilter(offered?.text ?? '');
    expect(parsed.ok && compileFilter(parsed.filter).steps.filter((step) => step >= 0).length).toBeLessThanOrEqual(8);
    expect(parsed.ok).toBe(true);
    expect(offered?.finds).toBeGreaterThan(0.9);
  });

  it('is not made of nothing', () => {
    expect(offeredFilter(topic([]), background, learnLikeness(topic([]), background), spell)).toBeUndefined();
  });
});
