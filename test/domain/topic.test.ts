import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../shared/domain/filter/parse-filter.js';
import { resolveTopics, type Topic } from '../../shared/domain/topic.js';

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

  it('takes a topic that was chosen twice once', () => {
    expect(resolveTopics([{ catalogueId: 'lamps' }, { catalogueId: 'lamps' }], catalogue).topics).toHaveLength(1);
  });
});
