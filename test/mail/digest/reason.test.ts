import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reasonLine, reasonOf } from '../../../shared/mail/digest/reason.js';

const line = (...reasons: readonly (readonly [string, ...string[]])[]) =>
  reasonLine(reasonOf(reasons.map(([topic, ...words]) => ({ topic, words }))));

describe('a reason', () => {
  it('names the topic first, then the words', () => {
    expect(line(['LLM serving', 'KV cache', 'speculative decoding'])).toBe(
      'LLM serving · “KV cache”, “speculative decoding”',
    );
    expect(line(['Vision'])).toBe('Vision');
    expect(line()).toBe('');
  });

  it('says nothing twice, across topics, whatever the case, number and ending', () => {
    expect(line(['Maps', 'cities'], ['Towns', 'City', 'walking', 'walks'])).toBe('Maps, Towns · “cities”, “walking”');
    expect(line(['Agents', 'agent', 'AGENTS', 'tools'])).toBe('Agents · “tools”');
    expect(line(['Agents', 'x'], ['agent', 'x'])).toBe('Agents · “x”');
  });

  it('keeps the longer of two words of which one is in the other', () => {
    expect(line(['Text', 'language models', 'large language model'])).toBe('Text · “large language model”');
    expect(line(['Text', 'model', 'remodelled'])).toBe('Text · “model”, “remodelled”');
  });

  it('names two topics at most, counts the others, and quotes four words at most', () => {
    expect(line(['A', 'one'], ['B', 'two'], ['C', 'three'], ['D', 'four'], ['E', 'five'])).toBe(
      'A, B and 3 more · “one”, “two”, “three”, “four”',
    );
  });

  it('stays near one line of a phone, with one topic and one word at least', () => {
    const long = 'Reinforcement learning for language models';
    expect(line([long, 'verifiable rewards', 'policy'], ['Agents'])).toBe(`${long} and 1 more · “verifiable rewards”`);
    expect(line(['word '.repeat(60), 'letters'.repeat(60)]).length).toBeLessThan(100);
  });

  it('names the example that a paper of a learned topic is like, in place of the topic', () => {
    const learned = { topic: 'My papers', words: ['KV cache', 'prefill'], like: 'Paged attention' };
    const filter = { topic: 'LLM serving', words: ['cache'] };
    expect(reasonLine(reasonOf([learned]))).toBe('like “Paged attention”: KV cache, prefill');
    expect(reasonLine(reasonOf([filter, learned]))).toBe(
      'LLM serving · “cache” · like “Paged attention”: KV cache, prefill',
    );
    expect(reasonLine(reasonOf([{ ...filter, words: ['KV caches'] }, learned]))).toBe(
      'LLM serving · “KV caches” · like “Paged attention”: prefill',
    );
    expect(reasonLine(reasonOf([{ ...filter, words: ['KV caches', 'prefills', 'batching'] }, learned]))).toBe(
      'LLM serving · “batching” · like “Paged attention”: KV cache, prefill',
    );
    expect(
      reasonLine(
        reasonOf([
          { topic: 'KV cache', words: ['KV cache'] },
          { ...learned, words: ['cache'] },
        ]),
      ),
    ).toBe('KV cache · like “Paged attention”: cache');
    expect(reasonLine(reasonOf([{ ...learned, words: [] }]))).toBe('like “Paged attention”');
    expect(reasonLine(reasonOf([{ ...learned, like: '' }]))).toBe('My papers · “KV cache”, “prefill”');
    const long = reasonLine(
      reasonOf([{ ...learned, words: ['speculative decoding', 'cache'], like: 'A word '.repeat(60) }]),
    );
    expect(long.length).toBeLessThan(105);
    expect(long).toMatch(/^like “A word .*…”: speculative decoding/);
  });

  it('is one line of plain text for any topic and any words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string(), fc.string()), { maxLength: 6 }),
        fc.string(),
        (reasons, like) => {
          for (const [topic, ...words] of reasons.slice(0, 1)) {
            expect(reasonLine(reasonOf([{ topic, words, like }]))).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          }
          const text = line(...reasons);
          expect(text.length).toBeLessThan(120);
          expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        },
      ),
    );
  });
});
