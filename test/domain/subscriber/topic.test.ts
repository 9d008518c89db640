import { describe, expect, it } from '@jest/globals';
import type { OwnTopic } from '../../../shared/domain/subscriber/subscriber.js';
import { compileText, resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { anOwnTopic, compiledOf, aTopic as topic } from '../../support/filters.js';

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
    expect(unknown).toEqual(['own topic 1: its filter does not parse at 8']);
  });

  it('takes the compiled form where there is one, and parses where it cannot be read', () => {
    const { compiled = '' } = anOwnTopic('Mine', 'wick');
    const formsOf = (choice: OwnTopic) => resolveTopics([choice], []).topics.map(({ filter }) => filter?.form);
    const wick = [compiledOf('wick').form];
    expect(formsOf({ name: 'Mine', filter: 'not parsed (', compiled })).toEqual(wick);
    for (const bad of ['', '0 w:lamp', `${compiled} w:lamp`]) {
      expect(formsOf({ name: 'Mine', filter: 'wick', compiled: bad })).toEqual(wick);
    }
  });

  it('gives the compiled filter itself, one object for all subscribers whose filters are equal', () => {
    const filtersOf = (...choices: OwnTopic[]) => resolveTopics(choices, []).topics.map(({ filter }) => filter);
    const [stored, typed] = filtersOf(anOwnTopic('Mine', 'wick'), { name: 'Theirs', filter: 'WICKS' });
    expect(stored).toBe(compiledOf('wick'));
    expect(typed).toBe(stored);
  });

  it('compiles no text that does not parse, and says where it goes wrong', () => {
    expect(compileText('a wick')).toEqual({ ok: true, filter: compiledOf('a wick') });
    expect(compileText('a (')).toMatchObject({ ok: false, error: { position: 3 } });
  });

  it('takes a topic that was chosen twice once', () => {
    expect(resolveTopics([{ catalogueId: 'lamps' }, { catalogueId: 'lamps' }], catalogue).topics).toHaveLength(1);
  });
});
