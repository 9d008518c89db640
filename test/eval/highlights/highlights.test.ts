import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { readModel, type StoredModel } from '../../../shared/domain/highlights/highlight-model.js';
import { evaluateHighlights } from './highlights.js';
import { readMarkedAbstracts } from './marked-abstracts.js';
import { minimise } from './minimise.js';

jest.spyOn(console, 'log').mockImplementation(() => undefined);
const scratch = mkdtempSync(join(tmpdir(), 'paperboy-highlights-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const subjects = ['lamps', 'tables', 'wicks', 'rows', 'moths', 'candles', 'oils', 'shelves', 'archives', 'smoke'];

/** Abstracts of four sentences in which one is marked for each label; idea and result change places in every third. */
const lines = subjects.map((subject, index) => {
  const task = `Reading ${subject} matters to archives.`;
  const problem = `However, ${subject} are slow and limited.`;
  const idea = `We propose a novel reader of ${subject}.`;
  const result = `Experiments on ${subject} show that it outperforms others.`;
  const sentences = index % 3 === 2 ? [task, problem, result, idea] : [task, problem, idea, result];
  const abstract = sentences.join(' ');
  const span = (label: string, text: string) => {
    const start = abstract.indexOf(text);
    return { start: start + 3, end: start + text.length - 4, label };
  };
  const spans = [span('task', task), span('problem', problem), span('idea', idea), span('result', result)];
  return { id: `2601.0000${index}`, abstract, spans };
});

function file(name: string, content: readonly object[]): string {
  const path = join(scratch, name);
  writeFileSync(path, content.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

const data = file('marked.jsonl', lines);

describe('marked abstracts', () => {
  const [plain, typeset, astray] = readMarkedAbstracts(
    file('few.jsonl', [
      { id: 'a', abstract: 'One two three four. Five six.', spans: [{ start: 4, end: 9, label: 'task' }] },
      {
        id: 'b',
        abstract: '$\\mathcal{A}$ \\emph{lights} tables. It reads $\\alpha$ rows here.',
        spans: [{ start: 39, end: 65, label: 'idea' }],
      },
      {
        id: 'c',
        abstract: 'One two. Three four five six seven.',
        spans: [
          { start: 6, end: 14, label: 'result' },
          { start: 60, end: 90, label: 'task' },
          { start: 8, end: 2, label: 'problem' },
        ],
      },
    ]),
  );

  it('know the sentences that share at least half of the shorter of sentence and span', () => {
    expect(plain?.bearers).toEqual(new Map([['task', new Set([0])]]));
    expect(astray?.bearers.get('result')).toEqual(new Set([1]));
  });

  it('know them where TeX is in the text, too', () => {
    expect(typeset?.bearers).toEqual(new Map([['idea', new Set([1])]]));
  });

  it('bear no label that is marked outside of their text or backwards', () => {
    expect([...(astray?.bearers.keys() ?? [])]).toEqual(['result']);
  });
});

describe('the evaluation of highlights', () => {
  it('learns from some abstracts what others tell of, whatever the order of their sentences', () => {
    expect(evaluateHighlights(['--data', data, '--folds', '5'])).toEqual({
      task: 1,
      problem: 1,
      idea: 1,
      result: 1,
      verbatim: 1,
      n: 10,
    });
  });

  it('judges the shipped weights without folds', () => {
    expect(evaluateHighlights(['--data', data])).toMatchObject({ task: 1, problem: 1, verbatim: 1, n: 10 });
  });

  it('writes the weights it trains, the same each time', () => {
    const [first, second] = ['first.json', 'second.json'].map((name) => {
      evaluateHighlights(['--data', data, '--train', '--out', join(scratch, name)]);
      return readFileSync(join(scratch, name), 'utf8');
    });
    expect(second).toBe(first);
    const { rows, weights } = readModel(JSON.parse(first ?? '') as StoredModel);
    expect(rows.size).toBeGreaterThan(10);
    expect(weights.length).toBe(4 * rows.size);
  });

  it('says what is missing', () => {
    expect(() => evaluateHighlights([])).toThrow('--data FILE');
    expect(() => evaluateHighlights(['--data', data, '--train'])).toThrow('--out FILE');
    expect(() => evaluateHighlights(['--data', data, '--folds', 'few'])).toThrow('--folds few: give a whole number');
    expect(() => evaluateHighlights(['--data', file('odd.jsonl', [{ id: 1 }])])).toThrow('odd.jsonl:1: id');
  });
});

describe('minimising', () => {
  it('finds where a curved valley is deepest', () => {
    const [x = 0, y = 0] = minimise(2, ([a = 0, b = 0], gradient) => {
      gradient[0] = -2 * (1 - a) - 40 * a * (b - a * a);
      gradient[1] = 20 * (b - a * a);
      return (1 - a) ** 2 + 10 * (b - a * a) ** 2;
    });
    expect(x).toBeCloseTo(1, 2);
    expect(y).toBeCloseTo(1, 2);
  });
});
