import { consentsInBulk } from '../../../shared/storage/register/consents-in-bulk.js';
import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { Command, Given, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { countsInWords } from './file/file-fields.js';
import { type ImportCounts, importSubscribers, type WrongLine } from './file/import-subscribers.js';
import { withInput } from './file/kept-input.js';
import { linesOf, readThrough, type SubscribersFile } from './file/subscribers-file.js';

/** `--json` lists no more wrong lines than this; all are printed to stderr, and counted. */
const wrongListed = 1000;

/** Adds subscribers who consented elsewhere. */
export const importCommand: Command = {
  name: 'subscribers import',
  summary: 'adds subscribers who consented elsewhere, from CSV or JSON; sends no mail',
  operands: [
    {
      name: 'FILE',
      help: 'CSV with a header, or JSON: an array of objects, or one object a line; - for standard input',
    },
  ],
  place: 'house',
  writes: true,
  more: `Columns of CSV, or fields of JSON; the first six are required, in any order:
  email          the address alone
  timezone       such as Europe/Berlin
  hour           0 to 23, in that zone
  topics         ids of the catalogue, or own topics as name=filter, with ; between them:
                 llm-serving;Rain=rain -snow. Write \\; for a ; and \\\\ for a backslash of their own, and \\= for
                 a = in a name. In JSON also a list of ids and of {"name", "filter"}. The ids are in
                 shared/domain/subscriber/catalogue.json; everything is all papers
  consentAt      when they consented: 2026-08-07, or 2026-08-07T05:15:00Z
  consentSource  where: it is kept in the journal of consents, so it holds no address
  days           empty for every day; weekdays such as 12345; w5 for once a week, on Friday
  maxPapers      1 to 25; 10 unless said
  aiSummaries    no for the authors' words alone
  quietDays      best-unseen for the best papers of other topics on days without a match
  never          filters whose papers no digest brings, with ; between them
  status         where they stood in the house they come from; only who is active is imported

Only addresses of which nothing is known are added. Whoever is active, paused, pending, moving, unsubscribed, bounced
or suppressed here is left as they are, and so is who left or was erased after the consent; these lines are counted
by what stood in their way. A line that is wrong, or names a mailbox for the second time, is told with its number and
stops no other line; the command then ends with exit code 1.

An import that was stopped goes on when it is run again: each is there once. A file that was cut off is refused before
anything is written, so what comes through a pipe is kept, without a name, until the import ends. Of each line, memory
keeps an id of 22 characters.`,
  async run(given, io) {
    const [path = ''] = given.operands;
    const { counts, wrong } = await withInput(path, async (input) => {
      const file = await readThrough(input);
      return withOperator(given.place, (operator) => importFile(file, operator, given, io));
    });
    tellCounts(counts, given, io);
    io.json({ dryRun: given.isDryRun, ...counts, wrongLines: wrong });
    if (counts.wrong > 0) io.exitWith(1);
  },
};

async function importFile(file: SubscribersFile, operator: Operator, { isDryRun }: Given, io: Io) {
  const { identity } = await operator.keys();
  const bar = io.progress(isDryRun ? 'Looking' : 'Importing', file.count);
  const wrong: WrongLine[] = [];
  try {
    const counts = await importSubscribers(linesOf(file), {
      register: subscriberRegister(operator.dynamo, operator.output('SubscribersTable')),
      consents: operator.consents,
      journal: consentsInBulk(operator.dynamo, operator.output('ConsentsTable')),
      idOf: (canonical) => subscriberIdOf(canonical, identity),
      now: operator.now(),
      isDryRun,
      tellWrong: (line) => {
        if (wrong.length < wrongListed) wrong.push(line);
        io.tell(`line ${line.line}${line.field === undefined ? '' : `, ${line.field}`}: ${line.message}`);
      },
      step: bar.step,
    });
    return { counts, wrong };
  } finally {
    bar.end();
  }
}

function tellCounts(counts: ImportCounts, { isDryRun }: Given, io: Io): void {
  const { lines, imported, inTheWay, notActiveInFile, wrong } = counts;
  const known = countsInWords(inTheWay);
  const notActive = countsInWords(notActiveInFile);
  io.out(`${isDryRun ? 'Would import' : 'Imported'} ${imported} of ${lines} lines.`);
  if (known !== '') io.out(`Left as they are here: ${known}.`);
  if (notActive !== '') io.out(`Not active in the file, and so not imported: ${notActive}.`);
  if (wrong > 0) io.out(`Wrong: ${wrong}. Mend these lines and run it again; the others stay as they are.`);
}
