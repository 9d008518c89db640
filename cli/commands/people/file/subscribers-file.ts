import { CsvError, type Info, parse } from 'csv-parse';
import { CliError } from '../../../command/cli-error.js';
import { type Fields, fileFields, requiredFields } from './file-fields.js';
import { objectsIn } from './json-objects.js';
import type { Input } from './kept-input.js';

/** A line of a file: somebody, or why nobody can be read there. */
export type FileLine = { readonly line: number } & ({ readonly fields: Fields } | { readonly message: string });

/** A file of subscribers: CSV with a header, or JSON. */
export interface SubscribersFile {
  readonly input: Input;
  readonly isJson: boolean;
  /** How many lines hold somebody, or should. */
  readonly count: number;
}

/**
 * Reads a file from its beginning to its end once, so that nothing is begun with one that is not whole. One that is
 * empty, has no fitting header or was cut off is a `CliError`.
 */
export async function readThrough(input: Input): Promise<SubscribersFile> {
  const { isJson, isEnded } = await looksOf(input);
  let count = 0;
  let last: FileLine | undefined;
  for await (const line of linesOf({ input, isJson })) {
    count += 1;
    // What cannot be read is told before lines that were read ahead.
    if (last === undefined || line.line > last.line) last = line;
  }
  if (!isJson && !isEnded && last && 'message' in last) throw cutOff(input, last.line);
  return { input, isJson, count };
}

const cutOff = ({ name }: Input, line: number) =>
  new CliError(`${name}: ends in the middle of line ${line}: it was cut off; get the whole file`);

const unclosed = ({ name }: Input) =>
  new CliError(`${name}: ends within a quoted field: it was cut off, or a quote is not doubled; get the whole file`);

/** The lines of a file, one after the other as they are asked for. */
export function linesOf({ input, isJson }: Pick<SubscribersFile, 'input' | 'isJson'>): AsyncGenerator<FileLine> {
  return isJson ? jsonLines(input) : csvLines(input);
}

/** Whether a file is JSON by its first sign, and whether its last line is ended. */
async function looksOf({ name, size, part }: Input): Promise<{ readonly isJson: boolean; readonly isEnded: boolean }> {
  if (size === 0) throw new CliError(`${name}: is empty; give a CSV or JSON file`);
  const [start, end] = [await part(0, 1024), await part(size - 1, 1)];
  const first = start.toString('utf8').replace(/^[\ufeff\s]+/, '')[0];
  return { isJson: first === '[' || first === '{', isEnded: end.toString() === '\n' };
}

async function* jsonLines(input: Input): AsyncGenerator<FileLine> {
  for await (const { line, text } of objectsIn(withoutMark(input.stream().setEncoding('utf8')), input.name)) {
    const fields = fieldsIn(text);
    yield fields ? { line, fields } : { line, message: 'is no JSON' };
  }
}

/** A text without the byte order mark that some editors put first. */
async function* withoutMark(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst ? chunk.replace(/^\ufeff/, '') : chunk;
    isFirst = false;
  }
}

function fieldsIn(text: string): Fields | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What our export puts before a text that a spreadsheet would take for a formula. */
const guard = /^'(?=[=+\-@\t\r'])/;

interface CsvRecord {
  readonly info: Info;
  readonly record: Readonly<Record<string, string>>;
}

async function* csvLines(input: Input): AsyncGenerator<FileLine> {
  const skipped: CsvError[] = [];
  const parser = parse({
    bom: true,
    columns: (header: string[]) => columnsOf(header, input.name),
    info: true,
    max_record_size: 1024 * 1024,
    skip_empty_lines: true,
    skip_records_with_error: true,
    cast: (text: string) => text.replace(guard, ''),
  });
  parser.on('skip', (error: CsvError) => skipped.push(error));
  const source = input.stream().on('error', (error) => parser.destroy(error));
  const wrong = () => skipped.splice(0).map((error) => wrongLine(error, input));
  try {
    for await (const { info, record } of source.pipe(parser) as AsyncIterable<CsvRecord>) {
      yield* wrong();
      yield { line: info.lines, fields: record };
    }
    yield* wrong();
  } catch (error) {
    throw error instanceof CsvError ? unclosed(input) : error;
  } finally {
    source.destroy();
  }
}

function wrongLine(error: CsvError, input: Input): FileLine {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw unclosed(input);
  const message = /COLUMNS|FIELDS/.test(error.code)
    ? 'has more or fewer fields than the header'
    : 'has a quote that is not doubled, or not closed';
  return { line: Number(error.lines), message };
}

/** The names of the columns, in any case; those that nobody knows are refused before anything is done. */
function columnsOf(header: readonly string[], file: string): string[] {
  const names = header.map((name) => name.trim());
  const known = names.map((name) => fileFields.find((field) => field.toLowerCase() === name.toLowerCase()));
  const missing = requiredFields.filter((field) => !known.includes(field));
  if (missing.length > 0) {
    throw new CliError(`${file}: line 1 has no ${missing.join(', ')}; write a header with ${fileFields.join(',')}`);
  }
  return known.map((field, index) => {
    if (field === undefined) {
      throw new CliError(
        `${file}: line 1, column ${index + 1} is unknown; take it out (known: ${fileFields.join(',')})`,
      );
    }
    if (known.indexOf(field) !== index) throw new CliError(`${file}: line 1 has ${field} twice; take one out`);
    return field;
  });
}
