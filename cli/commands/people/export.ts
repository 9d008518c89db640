import { open, rename, rm, stat } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { inParallel } from '../../../shared/storage/dynamo/reading.js';
import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { everybodyWithProfile } from './everybody.js';
import { csvCell, type ExportedLine, exportedLine, learnedTopics } from './file/exported-line.js';
import { fileFields } from './file/file-fields.js';

const journalsAtOnce = 16;

/** Writes out every subscriber whose address is kept. */
export const exportCommand: Command = {
  name: 'subscribers export',
  summary: 'writes every subscriber whose address is stored, in a form that `subscribers import` reads',
  options: {
    format: { type: 'string', value: 'csv|json', help: 'csv by default; json is an array with one object per line' },
    out: { type: 'string', value: 'PATH', help: 'writes to this file, readable only by you; to stdout by default' },
  },
  place: 'house',
  more: `The file holds people's addresses and choices: guard it like the tables themselves, and delete it when you are done with it.

It has everybody with an address, with their \`status\`. An import takes only those who are active, so a Paperboy that
reads it mails nobody who paused, left or was suppressed. Marks without an address, and topics learned from papers, are
not exported. Anything that a spreadsheet would take for a formula is prefixed with ', which import removes. With --json
the result says how many there were; without --out it contains them too.`,
  async run(given, io) {
    const format = formatOf(given);
    const out = textOf(given, 'out');
    await withOperator(given.place, async (operator) => {
      const lines = new ExportedLines(operator, io);
      if (out !== undefined) await writeWholeFile(out, textsOf(lines, format));
      else if (given.json) return io.json({ ...(await collected(lines)), ...lines.counts });
      else for await (const text of textsOf(lines, format)) io.out(text);
      const { subscribers, learnedTopics: learned } = lines.counts;
      if (out !== undefined) io.out(`Wrote ${subscribers} subscribers to ${out}.`);
      if (learned > 0) io.tell(`Topics learned from papers are in no file: ${learned} were left out.`);
      io.json({ ...(out !== undefined && { out }), ...lines.counts });
    });
  },
};

type Format = 'csv' | 'json';

function formatOf(given: Given): Format {
  const format = textOf(given, 'format') ?? 'csv';
  if (format === 'csv' || format === 'json') return format;
  throw new UsageError(`subscribers export: --format is csv or json; see npm run cli -- subscribers export --help`);
}

/** Everybody with an address, read as they are asked for; `counts` is right once all were. */
class ExportedLines {
  readonly counts = { subscribers: 0, learnedTopics: 0 };
  constructor(
    private readonly operator: Operator,
    private readonly io: Io,
  ) {}

  async *batches(): AsyncGenerator<readonly ExportedLine[]> {
    const { dynamo, output, subscribers, consents, now } = this.operator;
    const register = subscriberRegister(dynamo, output('SubscribersTable'));
    let total = 0;
    for await (const page of register.everybody(now(), () => {})) total += page.length;
    const bar = this.io.progress('Exporting', total);
    const tellUnreadable = (id: string) => this.io.tell(`${id}: its rows are of another version; it is left out`);
    try {
      const deps = { register, subscribers, tellUnreadable };
      for await (const known of everybodyWithProfile(now(), () => true, deps)) {
        const lines = await inParallel(known, journalsAtOnce, async (standing) => {
          const { id, profile } = standing;
          if (!profile) return [];
          this.counts.subscribers += 1;
          this.counts.learnedTopics += learnedTopics(profile);
          return [exportedLine(standing, profile, await consents.of(id))];
        });
        yield lines.flat();
        bar.step(known.length);
      }
    } finally {
      bar.end();
    }
  }
}

async function collected(lines: ExportedLines) {
  const all: ExportedLine[] = [];
  for await (const batch of lines.batches()) all.push(...batch);
  return { lines: all };
}

const csvText = (rows: readonly (readonly string[])[]) => stringify(rows.map((row) => [...row]));

async function* textsOf(lines: ExportedLines, format: Format): AsyncGenerator<string> {
  let isFirst = true;
  if (format === 'csv') yield csvText([fileFields]);
  for await (const batch of lines.batches()) {
    if (batch.length === 0) continue;
    if (format === 'csv') yield csvText(batch.map((line) => fileFields.map((field) => csvCell(line[field]))));
    else yield `${isFirst ? '[' : ','}${batch.map((line) => JSON.stringify(line)).join('\n,')}\n`;
    isFirst = false;
  }
  if (format === 'json') yield isFirst ? '[]\n' : ']\n';
}

/**
 * Writes a file that only its owner may read, whole or not at all: what was there stays until the new one is complete. A
 * path that cannot be written to is a `CliError`.
 */
async function writeWholeFile(path: string, texts: AsyncIterable<string>): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory())
    throw new CliError(`--out: ${path} is a folder; name a file`);
  const part = `${path}.part-${process.pid}`;
  const handle = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`--out: ${path} cannot be written (${error.code}); name a file in a folder that is there`);
  });
  try {
    for await (const text of texts) await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(part, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw isFileTrouble(error) ? new CliError(`--out: ${path} cannot be written (${error.code})`) : error;
  }
}

const isFileTrouble = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOSPC', 'EDQUOT', 'EISDIR', 'EIO', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException)?.code));
