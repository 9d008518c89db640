import { describe, expect, it } from '@jest/globals';
import { compileFilter } from '../../../shared/domain/filter/bitmaps/compile-filter.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import type { OwnTopic } from '../../../shared/domain/subscriber/subscriber.js';
import { resolveTopics, type Topic, withCompiled } from '../../../shared/domain/subscriber/topic.js';

function topic(id: string, text: string): Topic {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { id, name: id.toUpperCase(), filter: parsed.filter };
}

const catalogue = [topic('tables', 'table'), topic('lamps', 'lamp OR candle')];

describe('resolving topics', () => {
  it('finds catalogue topics and parses own ones, in the order of choice', () => {
    const { topics, unknown } = resolveTopics([{ name: 'Mine', filter: 'wick' }, { catalogueId: 'lamps' }], catalogue);
    expect(topics).toEqual([{ ...topic('own:1', 'wick'), name: 'Mine' }, catalogue[1]]);
    expect(unknown).toEqual([]);
  });

  it('reports a topic that the catalogue no longer has, and goes on', () => {
    const { topics, unknown } = resolveTopics([{ catalogueId: 'gone' }, { catalogueId: 'tables' }], catalogue);
    expect(topics.map(({ id }) => id)).toEqual(['tables']);
    expect(unknown).toEqual(['the catalogue has no topic "gone"']);
  });

  it('reports an own filter that no longer parses by its place, without the words of its owner', () => {
    const { topics, unknown } = resolveTopics([{ name: 'Private', filter: 'secret (' }], catalogue);
    expect(topics).toEqual([]);
    expect(unknown).toEqual(['own topic 1: its filter does not parse at 9']);
  });

  it('takes the compiled form where there is one, and parses where it cannot be read', () => {
    const [own] = withCompiled([{ name: 'Mine', filter: 'wick' }]);
    const { compiled = '' } = own as OwnTopic;
    const formsOf = (choice: OwnTopic) =>
      resolveTopics([choice], []).topics.map(({ filter }) => compileFilter(filter).form);
    const wick = [compileFilter(topic('', 'wick').filter).form];
    expect(formsOf({ name: 'Mine', filter: 'not parsed (', compiled })).toEqual(wick);
    for (const bad of ['', '0 w:lamp', `${compiled} w:lamp`]) {
      expect(formsOf({ name: 'Mine', filter: 'wick', compiled: bad })).toEqual(wick);
    }
  });

  it('puts no form beside what has none', () => {
    const choices = [{ catalogueId: 'lamps' }, { name: 'Broken', filter: 'a (' }];
    expect(withCompiled(choices)).toEqual(choices);
  });

  it('takes a topic that was chosen twice once', () => {
    expect(resolveTopics([{ catalogueId: 'lamps' }, { catalogueId: 'lamps' }], catalogue).topics).toHaveLength(1);
  });
});
