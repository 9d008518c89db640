import { compileFilter, readCompiled } from '../../shared/domain/filter/compile-filter.js';
import { parseFilter } from '../../shared/domain/filter/read/parse-filter.js';
import { round } from './figures.js';
import { seeded } from './measure.js';

const pieces = [
  ...[
    '(',
    ')',
    '((',
    '"',
    '“',
    '”',
    '-',
    '--',
    'NOT ',
    ' OR ',
    ' AND ',
    ' ',
    '~',
    '~4',
    '=',
    '*',
    ':',
    '>=',
    '<=',
    '\\',
    '$',
    '{',
    '}',
  ],
  ...[
    'title:',
    'abstract:',
    'cat:',
    'author:',
    'org:',
    'has:code',
    'source:arxiv',
    'score>=1',
    'age<=7',
    'cs.CL',
    'keyword:(',
  ],
  ...[
    'model',
    'Modèles',
    'LLMs',
    'c++',
    "don't",
    'x',
    '3D',
    'naïve',
    'ﬁne',
    '模型',
    '𝐀',
    '\ud835',
    '\u0301',
    '\u202e',
    '\0',
    '\n',
  ],
];

/**
 * Texts of up to 2,000 characters out of pieces of the language and of whatever else may be typed, most of them short.
 */
function fuzzedText(random: () => number): string {
  const length = Math.floor(2000 * random() ** 6);
  let text = '';
  do text += random() < 0.9 ? pieces[Math.floor(random() * pieces.length)] : String.fromCharCode(random() * 0x10000);
  while (text.length < length);
  return text.slice(0, 2000);
}

/** Texts that would take long if reading them were not linear, all of them long. */
const hardPieces = [
  '(',
  '"a ',
  'a OR ',
  '-(a ',
  '“',
  '~',
  'a"',
  '\\{',
  '$a^',
  "a'",
  'a+',
  'title:(a ',
  'é\u0301',
  '=',
  '>=',
];

/**
 * Parses and compiles `count` fuzzed texts and reads each form back. A crash is an error thrown or a form that does not
 * come back. The slowest ones are timed again, best of five, so that a pause of the machine is no outlier.
 */
export function benchFuzz(count: number): object {
  const random = seeded(6);
  const micros = new Float64Array(count);
  let slowest: { text: string; micros: number }[] = [];
  let crashes = 0;
  for (let run = 0; run < count; run += 1) {
    const text = fuzzedText(random);
    const taken = microsOf(text);
    if (taken === undefined) crashes += 1;
    micros[run] = perCharacter(taken, text);
    slowest.push({ text, micros: micros[run] ?? 0 });
    if (slowest.length > 200) slowest = slowest.sort((one, other) => other.micros - one.micros).slice(0, 100);
  }
  const slow = slowest.map(({ text }) =>
    Math.min(...Array.from({ length: 5 }, () => perCharacter(microsOf(text), text))),
  );
  const median = micros.sort()[count >> 1] ?? 0;
  return {
    inputs: count,
    crashes,
    medianMicrosPerCharacter: round(median),
    slowestMicrosPerCharacter: round(Math.max(...slow)),
    slowestToMedian: round(Math.max(...slow) / median),
    hardMicrosPerCharacter: Object.fromEntries([250, 500, 1000, 2000].map((length) => [length, hardest(length)])),
  };
}

/** Short texts count as 100 characters: beginning takes time too. */
function perCharacter(micros: number | undefined, text: string): number {
  return (micros ?? 0) / Math.max(100, text.length);
}

/** The slowest of the hard texts of a length. */
function hardest(length: number): number {
  const each = hardPieces.map((piece) => {
    const text = piece.repeat(length).slice(0, length);
    return Math.min(...Array.from({ length: 20 }, () => microsOf(text) ?? Number.POSITIVE_INFINITY)) / length;
  });
  return round(Math.max(...each));
}

function microsOf(text: string): number | undefined {
  const start = performance.now();
  try {
    const parsed = parseFilter(text);
    const form = parsed.ok ? compileFilter(parsed.filter).form : undefined;
    const micros = (performance.now() - start) * 1000;
    return form === undefined || readCompiled(JSON.parse(JSON.stringify(form)))?.form === form ? micros : undefined;
  } catch {
    return undefined;
  }
}
