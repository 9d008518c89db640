import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { listText, readList, readTopics, topicsText } from '../../../../../cli/commands/people/file/topics-text.js';

describe('topics in one cell', () => {
  it('are ids, and own topics by name and filter', () => {
    const topics = [{ catalogueId: 'llm-serving' }, { name: 'Rain', filter: 'rain score>=2' }];
    expect(topicsText(topics)).toBe('llm-serving;Rain=rain score>=2');
    expect(readTopics(' llm-serving ; Rain=rain score>=2;;')).toEqual(topics);
    expect(readTopics('')).toEqual([]);
  });

  it('keep their signs, whatever these mean in a cell', () => {
    const odd = [{ name: 'a=b; c\\', filter: '=x; "y\\z"\\' }];
    expect(topicsText(odd)).toBe('a\\=b\\; c\\\\==x\\; "y\\\\z"\\\\');
    const text = fc.string({ minLength: 1 }).filter((sample) => sample.trim() === sample && sample !== '');
    const own = fc.record({ name: text, filter: text });
    fc.assert(
      fc.property(fc.array(own), (topics) => {
        expect(readTopics(topicsText(topics))).toEqual(topics);
      }),
    );
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(readList(listText(texts))).toEqual(texts);
      }),
    );
  });
});
