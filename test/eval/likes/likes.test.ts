import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { evaluateLikes } from './likes.js';
import { plainTfidf } from './plain-tfidf.js';
import { areaUnderCurve, averagePrecision, ndcgOfTen } from './ranking-figures.js';
import { evaluateTopicsByExample } from './topics-by-example.js';

jest.spyOn(console, 'log').mockImplementation(() => undefined);
const scratch = mkdtempSync(join(tmpdir(), 'paperboy-likes-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const subjects = ['lamps', 'candles', 'wicks', 'oils', 'shelves', 'moths', 'tables', 'rows'];
const lines = Array.from({ length: 40 }, (_, place) => {
  const liked = place % 4 === 0;
  const about = liked ? 'speculative decoding of tokens' : 'surveys counted by hand';
  const abstract = `We read ${about} in ${subjects[place % 8]} beside ${subjects[(place * 3 + 1) % 8]}.`;
  const topics = [liked ? 'decoding' : 'surveys'];
  return { id: `p${place}`, title: `Paper ${place}`, abstract, liked, topics };
});
const file = (name: string) => {
  const path = join(scratch, name);
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  return path;
};

describe('the evaluation of likes', () => {
  it('ranks what is like the likes first, in both methods, for the numbers that leave enough to judge', () => {
    file('decoding.jsonl');
    const perfect = { auc: 1, ndcg10: 1 };
    expect(evaluateLikes(['--data', scratch, '--k', '1,2', '--json'])).toEqual({
      k: { 1: perfect, 2: perfect },
      tfidf: { 1: perfect, 2: perfect },
      must: { said: null, right: null, topics: 0 },
    });
  });

  it('says what is missing', () => {
    expect(() => evaluateLikes([])).toThrow('--data DIR');
    expect(() => evaluateLikes(['--data', join(scratch, 'nowhere')])).toThrow('name a folder that is there');
    expect(() => evaluateLikes(['--data', scratch, '--k', 'few'])).toThrow('--k few: give whole numbers');
    expect(() => evaluateTopicsByExample([])).toThrow('--data FILE');
  });
});

describe('the evaluation of topics by example', () => {
  it('judges the ranking at each number and the offered filter', () => {
    const result = evaluateTopicsByExample(['--data', file('topics.jsonl')]);
    expect(result).toMatchObject({ k: { 1: { ap: 1 }, 10: { ap: 1 } }, tfidf: { 3: { ap: 1 } } });
    expect((result as { filter: { f1: number } }).filter.f1).toBeGreaterThan(0.4);
  });
});

describe('the figures of a ranking', () => {
  const ranked = { isRight: [true, false, true, false], scores: [4, 3, 2, 1] };

  it('are what their definitions say', () => {
    expect(areaUnderCurve(ranked)).toBeCloseTo(3 / 4);
    expect(averagePrecision(ranked)).toEqual({ ap: (1 + 2 / 3) / 2, p10: 0.2 });
    expect(ndcgOfTen(ranked)).toBeCloseTo((1 + 1 / 2) / (1 + 1 / Math.log2(3)));
  });

  it('are halfway where all tie', () => {
    expect(areaUnderCurve({ ...ranked, scores: [1, 1, 1, 1] })).toBeCloseTo(1 / 2);
  });
});

describe('the plain TF-IDF', () => {
  it('is blind to stop words and to words of one text alone', () => {
    const { likeMean } = plainTfidf(['the lamp glows alone', 'a lamp and the moth', 'the very moth']);
    expect([...likeMean([0])].map((product) => product > 0)).toEqual([true, true, false]);
  });
});
