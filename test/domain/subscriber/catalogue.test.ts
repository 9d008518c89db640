import { describe, expect, it } from '@jest/globals';
import { indexPaper } from '../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../shared/domain/filter/match/match-filter.js';
import {
  catalogue,
  compileCatalogue,
  parseCatalogue,
  readCompiledCatalogue,
  topicGroups,
} from '../../../shared/domain/subscriber/catalogue.js';
import data from '../../../shared/domain/subscriber/catalogue.json';
import { everything } from '../../../shared/domain/subscriber/topic.js';
import { aPaper } from '../../support/builders.js';

const entry = { id: 'lamps', name: 'Lamps', description: 'Lamps and candles.', filter: 'lamp OR candle' };

const topicsOf = (abstract: string) =>
  catalogue
    .filter(
      ({ id, filter }) =>
        id !== everything && matchFilter(filter, indexPaper(aPaper({ abstract, keywords: [] }))) !== undefined,
    )
    .map(({ id }) => id);

describe('the catalogue', () => {
  it('is in order as the repository ships it', () => {
    expect(parseCatalogue(data).problems).toEqual([]);
    expect(catalogue).toHaveLength(data.topics.length);
    expect(topicGroups).toHaveLength(data.groups.length);
    expect(catalogue.length).toBeGreaterThanOrEqual(40);
  });

  it('is the same compiled, as the functions get it, as from its source', () => {
    const source = parseCatalogue(data);
    const compiled = readCompiledCatalogue(compileCatalogue(source));
    expect(compiled).toEqual(source);
    expect(compiled.topics.map(({ filter }) => filter)).toEqual(source.topics.map(({ filter }) => filter));
    expect(compiled.topics[0]?.filter).toBe(source.topics[0]?.filter);
  });

  it('refuses a compiled filter of another version when it is used, and names the topic', () => {
    const text = compileCatalogue(parseCatalogue([entry])).replace('"form":"', '"form":"9');
    const [topic] = readCompiledCatalogue(text).topics;
    expect(() => topic?.filter).toThrow('the topic "lamps" was compiled by another version');
  });

  it.each([
    ['llm-serving', 'We accelerate LLM inference with speculative decoding and a smaller KV cache.'],
    ['test-time-compute', 'Spending more test-time compute by best-of-N sampling gives better answers.'],
    ['alignment-at-inference', 'We steer a frozen language model towards harmless answers at inference-time.'],
    ['diffusion', 'Our denoising diffusion model paints lamps.'],
    ['membership-privacy', 'A membership inference attack tells who was in the training data.'],
    ['causal-inference', 'We estimate causal effects in the presence of unobserved confounders.'],
    ['bayesian-inference', 'Amortised variational inference of the posterior distribution.'],
    ['active-inference', 'Agents that act by active inference minimise expected free energy.'],
    ['nli', 'Does the premise entail the hypothesis? A corpus for natural language inference.'],
    ['vision-language', 'A vision-language model answers questions about photographs.'],
    ['statistics', 'We derive confidence intervals and a two-sample test.'],
    ['efficiency-non-llm', 'Fast inference of convolutional networks on microcontrollers by network pruning.'],
  ])('tells %s from what else is called inference', (id, abstract) => {
    expect(topicsOf(abstract)).toEqual([id]);
  });

  it('begins with what most people want, and has about eight groups of it', () => {
    expect(catalogue.slice(0, 8).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['llm-agents', 'reasoning', 'vision-language', 'robotics']),
    );
    expect(topicGroups.length).toBeGreaterThanOrEqual(6);
    expect(topicGroups.length).toBeLessThanOrEqual(10);
  });

  it('has one topic that matches every paper', () => {
    const all = catalogue.find(({ id }) => id === everything);
    expect(matchFilter(all!.filter, indexPaper(aPaper({ abstract: 'On wax.', keywords: [] })))).toEqual([]);
  });

  it.each([
    [{ id: 'light', name: 'Light', topics: ['lamps'] }, []],
    [{ id: 'light', name: 'Light', topics: ['gas'] }, ['group 1']],
    [{ id: 'light', name: 'Light', topics: [] }, ['group 1']],
    [{ id: 'Light!', name: 'Light', topics: ['lamps'] }, ['group 1']],
    [{ id: 'light', name: '', topics: ['lamps'] }, ['group 1']],
    ['light', ['group 1']],
  ])('takes a group of topics that it has: %j', (group, problems) => {
    const read = parseCatalogue({ groups: [group], topics: [entry] });
    expect(read.problems.map((problem) => problem.split(':')[0])).toEqual(problems);
    expect(read.groups).toEqual(problems.length === 0 ? [group] : []);
    expect(read.topics).toHaveLength(1);
  });

  it('says that groups are a list', () => {
    const read = parseCatalogue({ groups: {}, topics: [entry] });
    expect(read.problems).toEqual(['"groups" must be a list: [{ "id", "name", "topics" }, …]']);
  });

  it('has nothing for a paper about nothing of the kind', () => {
    expect(topicsOf('On the wax of candles and the inference of their age.')).toEqual([]);
  });

  it.each([
    [{}, 'must be a list of topics: [{ "id", "name", "description", "filter" }, …]'],
    [[7], 'topic 1: must be an object { "id", "name", "description", "filter" }'],
    [[{ ...entry, id: 'Lamps!' }], 'topic 1: "id" must be 1 to 40 of a-z, 0-9 and "-"'],
    [[entry, entry], 'topic 2 ("lamps"): "id" occurs twice; choose another one'],
    [[{ ...entry, name: 'x'.repeat(61) }], 'topic 1 ("lamps"): "name" must be one line of 1 to 60 characters'],
    [
      [{ ...entry, description: 'two\nlines' }],
      'topic 1 ("lamps"): "description" must be one line of 1 to 140 characters',
    ],
    [[{ ...entry, colour: 'red' }], 'topic 1 ("lamps"): the field "colour" is not known; remove it'],
    [[{ ...entry, filter: 3 }], 'topic 1 ("lamps"): "filter" must be a text'],
    [
      [{ ...entry, filter: 'lamp OR' }],
      'topic 1 ("lamps"): "filter": The filter ends with "OR": write a word after it (character 8)',
    ],
    [
      [{ ...entry, filter: 'lamp cat:cs.XX' }],
      'topic 1 ("lamps"): "filter": "cs.XX" is not an arXiv category: write, for example, cat:cs.CL (character 6)',
    ],
  ])('names the entry and the field of a problem: %j', (given, problem) => {
    expect(parseCatalogue(given).problems).toEqual([problem]);
  });

  it('keeps the good entries beside a bad one, and names all that is wrong with that', () => {
    const { topics, problems } = parseCatalogue([
      { ...entry, name: '', filter: '(' },
      { ...entry, id: 'candles' },
    ]);
    expect(topics.map(({ id }) => id)).toEqual(['candles']);
    expect(problems).toHaveLength(2);
  });
});
