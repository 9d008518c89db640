import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { evaluateTopics } from './topics.js';

jest.spyOn(console, 'log').mockImplementation(() => undefined);
const scratch = mkdtempSync(join(tmpdir(), 'paperboy-topics-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(scratch, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const papers = file('papers.json', [
  { title: 'One', abstract: 'A KV cache for lanterns.' },
  { title: 'Two', abstract: 'Another KV cache.' },
  { title: 'Three', abstract: 'LLM serving by candlelight.' },
  { title: 'Four', abstract: 'Membership inference on lamps.' },
  { title: 'Five', abstract: 'Of KV caches, which nobody labelled.' },
  { title: 'Six', abstract: 'A faster lamp.' },
]);
const labels = file('labels.json', [
  { title: 'One', topics: ['llm-serving'], unsure: [] },
  { title: 'Two', topics: ['membership-privacy'], unsure: ['llm-serving'] },
  { title: 'Three', topics: ['llm-serving'], unsure: [] },
  { title: 'Four', topics: ['membership-privacy'], unsure: ['nli'] },
  { title: 'Six', topics: ['llm-serving'], unsure: [] },
  { title: 'Not among the papers', topics: ['llm-serving'], unsure: [] },
]);

describe('the evaluation of topics', () => {
  const judged = evaluateTopics(['--papers', papers, '--labels', labels]);

  it('compares pairs that are sure, of papers that are labelled', () => {
    expect(judged).toMatchObject({
      perTopic: {
        'llm-serving': { precision: 1, recall: 2 / 3, f1: 0.8 },
        'membership-privacy': { precision: 1, recall: 1 / 2, f1: 2 / 3 },
      },
    });
  });

  it('takes the mean over topics with three positives or more, and all pairs for the other mean', () => {
    expect(judged).toMatchObject({ macroF1: 0.8, microF1: 6 / 8, naive: { macroF1: 0.5 } });
  });

  it('gives no figure where there is nothing to find', () => {
    expect(judged).toMatchObject({ perTopic: { nli: { f1: null }, robotics: { precision: null, f1: null } } });
  });

  it('predicts the topics of every paper, in their order', () => {
    expect(evaluateTopics(['--papers', papers, '--predict'])).toEqual([
      { title: 'One', topics: ['llm-serving'] },
      { title: 'Two', topics: ['llm-serving'] },
      { title: 'Three', topics: ['llm-serving'] },
      { title: 'Four', topics: ['membership-privacy'] },
      { title: 'Five', topics: ['llm-serving'] },
      { title: 'Six', topics: [] },
    ]);
  });
});
