import type { Command } from './command.js';
import { optionsOf } from './read-given.js';

const width = 100;

/** A command's whole help page. */
export function helpPage(command: Command): string {
  const { name, summary, operands = [], more, place } = command;
  const shown = operands.map((operand) => (operand.isOptional ? `[${operand.name}]` : operand.name));
  const options = Object.entries(optionsOf(command)).map(
    ([option, { value, help }]) => [`--${option}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  return [
    ['Usage: npm run cli --', name, ...shown, ...(place === 'house' ? [aPlace] : []), '[options]'].join(' '),
    '',
    ...wrapped(sentence(summary), width),
    ...(operands.length === 0 ? [] : ['', ...table(operands.map(({ name: operand, help }) => [operand, help]))]),
    '\nOptions:',
    ...table([...options, ['-h, --help', 'shows this page']]),
    ...(more === undefined ? [] : ['', ...reflowed(more.trim())]),
    '',
  ].join('\n');
}

/** The table of these commands: all of them, or those of one group. */
export function commandTable(commands: readonly Command[], group?: string): string {
  const rows = commands.map(({ name, operands = [], summary }) => {
    const shown = operands.map((operand) => (operand.isOptional ? `[${operand.name}]` : operand.name));
    return [[name, ...shown].join(' '), summary] as const;
  });
  return [
    `Usage: npm run cli -- ${group === undefined ? 'COMMAND' : `${group} …`} [options]\n`,
    ...table(rows),
    '\n`npm run cli -- COMMAND --help` explains a command; --version prints the version of Paperboy.',
    ...(group === undefined ? whereAndExitCodes : []),
    '',
  ].join('\n');
}

const whereAndExitCodes = [
  'Most commands need --data DIR, for a Paperboy that npm start keeps in a folder, or --stack NAME, for a deployed one.',
  'Exit codes: 0 success, 1 failure, 2 wrong usage.',
].flatMap((line) => wrapped(line, width));

const aPlace = '(--data DIR | --stack NAME)';

const sentence = (summary: string) => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** Lines that go on are joined and wrapped anew; those that are set off by spaces stay as they are. */
function reflowed(text: string): readonly string[] {
  const paragraphs: string[] = [];
  let goesOn = false;
  for (const line of text.split('\n')) {
    const isOwn = line === '' || line.startsWith(' ');
    if (goesOn && !isOwn) paragraphs[paragraphs.length - 1] += ` ${line}`;
    else paragraphs.push(line);
    goesOn = !isOwn;
  }
  return paragraphs.flatMap((each) => (each.startsWith(' ') ? [each] : wrapped(each, width)));
}

/** Rows of two columns; what does not fit into a line goes on below its own column. */
function table(rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const column = Math.min(30, Math.max(...rows.map(([left]) => left.length)) + 2);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...rest] = wrapped(right, width - column - 2);
    const isLong = left.length > column - 2;
    const head = isLong ? [`  ${left}`, `  ${' '.repeat(column)}${first}`] : [`  ${left.padEnd(column)}${first}`];
    return [...head, ...rest.map((line) => `  ${' '.repeat(column)}${line}`)];
  });
}

function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
