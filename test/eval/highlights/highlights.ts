import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { authorsWords } from '../../../shared/domain/highlights/authors-words.js';
import { chooseHighlights } from '../../../shared/domain/highlights/choose-highlights.js';
import type { HighlightModel, StoredModel } from '../../../shared/domain/highlights/highlight-model.js';
import { type HighlightLabel, type Highlights, highlightLabels } from '../../../shared/domain/highlights/highlights.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { type MarkedAbstract, readMarkedAbstracts } from './marked-abstracts.js';
import { foldsOf, trainedModel, trainModel } from './train-model.js';

interface Judged {
  readonly marked: MarkedAbstract;
  readonly highlights: Highlights;
}

/** Chooses by the shipped model or, with folds, for each fold by a model trained on the others. */
function chooseAll(abstracts: readonly MarkedAbstract[], folds: number, seed: number): readonly Judged[] {
  if (folds === 0) return abstracts.map((marked) => ({ marked, highlights: chooseHighlights(marked.abstract) }));
  const foldOf = foldsOf(abstracts.length, folds, seed);
  const models: HighlightModel[] = Array.from({ length: folds }, (_, held) =>
    trainedModel(abstracts.filter((_, index) => foldOf[index] !== held)),
  );
  return abstracts.map((marked, index) => ({
    marked,
    highlights: chooseHighlights(marked.abstract, models[foldOf[index] ?? 0]),
  }));
}

/** The share of the abstracts bearing a label in which the sentence chosen for it bears it. */
function shareRight(judged: readonly Judged[], label: HighlightLabel): number {
  const bearing = judged.filter(({ marked }) => marked.bearers.has(label));
  const right = bearing.filter(({ marked: { bearers }, highlights }) => {
    const index = highlights[label];
    return index !== undefined && bearers.get(label)?.has(index);
  });
  return right.length / bearing.length;
}

/** The sentences that a lead and a short card show. */
function shownSentences({ marked, highlights }: Judged): readonly string[] {
  const places = highlightLabels.flatMap((label) => highlights[label] ?? []);
  const excerpts = [420, 200].flatMap((most) =>
    authorsWords({ paper: marked, highlights }, most)
      .split('…')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
  return [...places.map((index) => marked.sentences[index]?.text ?? '?'), ...excerpts];
}

function shareVerbatim(judged: readonly Judged[]): number {
  const shown = judged.flatMap((one) => {
    const text = shownText(one.marked.abstract);
    return shownSentences(one).map((sentence) => text.includes(sentence));
  });
  return shown.filter((isVerbatim) => isVerbatim).length / shown.length;
}

/** JSON as the house's formatter has it: lists of numbers on one line. */
function written(model: StoredModel): string {
  const listed = JSON.stringify(model, undefined, 2).replace(
    /\[([-\d,\s]+)\]/g,
    (_, numbers: string) => `[${numbers.trim().replace(/\s+/g, ' ')}]`,
  );
  return `${listed}\n`;
}

const rounded = (share: number) => Number(share.toFixed(4));

function wholeNumber(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${option} ${text}: give a whole number`);
  return number;
}

/**
 * Judges which sentences are chosen from marked abstracts, `--data FILE`: by the shipped weights or, with `--folds N`,
 * for each fold by weights trained on the others. With `--train --out FILE` it trains on all of them and writes the
 * weights instead.
 */
export function evaluateHighlights(args: readonly string[]): object {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      folds: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      train: { type: 'boolean' },
      out: { type: 'string' },
    },
  });
  if (values.data === undefined) throw new Error('--data FILE: name the marked abstracts');
  const abstracts = readMarkedAbstracts(values.data);
  if (values.train) {
    if (values.out === undefined) throw new Error('--out FILE: name the file to write the weights to');
    const text = written(trainModel(abstracts));
    writeFileSync(values.out, text);
    return { out: values.out, bytes: text.length, n: abstracts.length };
  }
  const judged = chooseAll(abstracts, wholeNumber(values.folds, 'folds'), wholeNumber(values.seed, 'seed'));
  const shares = highlightLabels.map((label) => [label, rounded(shareRight(judged, label))] as const);
  for (const [label, share] of shares) console.log(`${label.padEnd(8)} ${share.toFixed(3)}`);
  return { ...Object.fromEntries(shares), verbatim: rounded(shareVerbatim(judged)), n: abstracts.length };
}
