import { describe, expect, it } from '@jest/globals';
import { changedTopic, mostEdits, mostExamples } from '../../../shared/domain/likeness/change-topic.js';
import type { Example, LearnedTopic } from '../../../shared/domain/likeness/learned-topic.js';

function anExample(number: number, changes: Partial<Example> = {}): Example {
  const id = `2608.${String(number).padStart(5, '0')}`;
  return { id, title: `Paper ${number}`, liked: true, words: new Map([['map', number]]), ...changes };
}

function aTopic(changes: Partial<LearnedTopic> = {}): LearnedTopic {
  const examples = [anExample(1), anExample(2)];
  return { name: 'Maps', examples, struck: [], pinned: [], strictness: 3, order: 'trend', ...changes };
}

describe('a change of a topic like some papers', () => {
  it('adds papers behind those that are there', () => {
    const topic = changedTopic(aTopic(), { do: 'add', examples: [anExample(3, { liked: false })] });
    expect(topic).toEqual(aTopic({ examples: [anExample(1), anExample(2), anExample(3, { liked: false })] }));
  });

  it('turns a paper that was liked into one that is not, and keeps the words it had', () => {
    const { words: _, ...pressed } = anExample(1, { liked: false });
    const topic = changedTopic(aTopic(), { do: 'add', examples: [pressed] });
    expect(topic).toEqual(aTopic({ examples: [anExample(1, { liked: false }), anExample(2)] }));
  });

  it('takes a paper away, and one that is not there without a word', () => {
    expect(changedTopic(aTopic(), { do: 'remove', id: '2608.00001' })).toEqual(aTopic({ examples: [anExample(2)] }));
    expect(changedTopic(aTopic(), { do: 'remove', id: '2608.00009' })).toEqual(aTopic());
  });

  it('has a word either struck or pinned, never both and never twice', () => {
    const struck = aTopic({ struck: ['survey'] });
    expect(changedTopic(struck, { do: 'pin', word: 'survey' })).toEqual(aTopic({ pinned: ['survey'] }));
    expect(changedTopic(struck, { do: 'strike', word: 'survey' })).toEqual(struck);
    expect(changedTopic(struck, { do: 'release', word: 'survey' })).toEqual(aTopic());
  });

  it('sets name, strictness and order', () => {
    expect(changedTopic(aTopic(), { do: 'rename', name: 'Atlases' })).toEqual(aTopic({ name: 'Atlases' }));
    expect(changedTopic(aTopic(), { do: 'set-strictness', strictness: 1 })).toEqual(aTopic({ strictness: 1 }));
    expect(changedTopic(aTopic(), { do: 'set-order', order: 'likeness' })).toEqual(aTopic({ order: 'likeness' }));
  });

  it('is refused where the topic is full', () => {
    const examples = Array.from({ length: mostExamples }, (_, at) => anExample(at));
    const words = Array.from({ length: mostEdits }, (_, at) => `word${at}`);
    expect(changedTopic(aTopic({ examples }), { do: 'add', examples: [anExample(900)] })).toBe('full');
    expect(changedTopic(aTopic({ examples }), { do: 'add', examples: [anExample(0)] })).not.toBe('full');
    expect(changedTopic(aTopic({ struck: words }), { do: 'strike', word: 'survey' })).toBe('full');
  });
});
