import { describe, expect, it } from '@jest/globals';
import { changedTopic } from '../../../shared/domain/likeness/change-topic.js';
import { completed, type KeptTopic, renamed } from '../../../shared/domain/likeness/kept-topic.js';
import type { Example } from '../../../shared/domain/likeness/learned-topic.js';
import { nameOf, pressedNames } from '../../../shared/domain/likeness/topic-name.js';
import { aKeptTopic, anExample, aWaitingExample, paperId } from '../../support/builders.js';

const aTopicOf = (...examples: Example[]) => aKeptTopic({ name: nameOf(examples), examples });
const nobodyKnows = new Map<never, never>();
const known = (title: string) => new Map([[paperId(2), { title, abstract: 'Kites fly.' }]]);
const changed = (kept: KeptTopic, change: Parameters<typeof changedTopic>[1]) => {
  const topic = changedTopic(kept.topic, change);
  return topic === 'full' ? kept : renamed(kept, { ...kept, topic });
};

describe('the name of a topic like papers', () => {
  it('is made of the first title that is known, else of an id', () => {
    expect(nameOf([aWaitingExample(2), anExample(1)])).toBe('Like Kites of kind 1');
    expect(nameOf([aWaitingExample(2)])).toBe(`Like ${paperId(2)}`);
    expect(nameOf([anExample(1, { title: 'A very long title '.repeat(9) })]).length).toBeLessThanOrEqual(60);
  });

  it('becomes the title of the paper that it waited for, once that is found', () => {
    const waiting = aTopicOf(aWaitingExample(2), aWaitingExample(3));
    expect(completed(waiting, known('Paper kites'), new Set([paperId(3)])).topic.name).toBe('Like Paper kites');
    expect(completed(waiting, nobodyKnows, new Set()).topic.name).toBe(`Like ${paperId(2)}`);
  });

  it('says so where nothing was found, and is that of the papers that are named then', () => {
    const lost = completed(aTopicOf(aWaitingExample(2)), nobodyKnows, new Set([paperId(2)]));
    expect(lost.topic.name).toBe(`${paperId(2)} (not found)`);
    expect(changed(lost, { do: 'add', examples: [anExample(4)] }).topic.name).toBe('Like Kites of kind 4');
    expect(changed(lost, { do: 'add', examples: [anExample(4, { liked: false })] }).topic.name).toBe(lost.topic.name);
    const titled = { ...aWaitingExample(2), title: 'Kites over water '.repeat(9) };
    const { name } = completed(aTopicOf(titled), nobodyKnows, new Set([paperId(2)])).topic;
    expect(name).toMatch(/^Kites over water .* \(not found\)$/);
    expect(name.length).toBeLessThanOrEqual(60);
  });

  it('is that of another paper where the one that it waited for is not found, or taken away', () => {
    const waiting = aTopicOf(aWaitingExample(2), aWaitingExample(3));
    const other = new Map([[paperId(3), { title: 'Wind', abstract: 'Wind blows.' }]]);
    expect(completed(waiting, other, new Set([paperId(2)])).topic.name).toBe('Like Wind');
    expect(changed(waiting, { do: 'remove', id: paperId(2) }).topic.name).toBe(`Like ${paperId(3)}`);
  });

  it('stays as its reader gave it, whatever is found', () => {
    const own = changed(aTopicOf(aWaitingExample(2)), { do: 'rename', name: 'My kites' });
    expect(completed(own, known('Paper kites'), new Set()).topic.name).toBe('My kites');
    expect(completed(own, nobodyKnows, new Set([paperId(2)])).topic.name).toBe('My kites');
    const whole = aTopicOf(anExample(1), aWaitingExample(2));
    expect(completed(whole, known('Paper kites'), new Set()).topic.name).toBe('Like Kites of kind 1');
  });

  it('tells whether papers that were pressed are liked, or of some less is wanted', () => {
    const disliked = aKeptTopic({ name: pressedNames.disliked, examples: [anExample(1, { liked: false })] });
    const both = changed(disliked, { do: 'add', examples: [anExample(2)] });
    expect(both.topic.name).toBe(pressedNames.liked);
    expect(changed(both, { do: 'remove', id: paperId(2) }).topic.name).toBe(pressedNames.disliked);
    const alone = changed(both, { do: 'remove', id: paperId(1) });
    expect(changed(alone, { do: 'remove', id: paperId(2) }).topic.name).toBe(pressedNames.liked);
  });
});
