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
      help: 'CSV with a header, or JSON: an array of objects or one object per line; - for standard input',
    },
  ],
  place: 'house',
  writes: true,
  more: `CSV columns or JSON fields, in any order; the first six are required:
  email          the address alone
  timezone       such as Europe/Berlin
  hour           0 to 23, in that zone
  topics         ids from the catalogue, or own topics as name=filter, separated by ; as in
                 llm-serving;Rain=rain -snow. Write \\; for a literal ;, \\\\ for a backslash, and \\= for
                 an = in a name. JSON may also have a list of ids and of {"name", "filter"}. The ids are in
                 shared/domain/subscriber/catalogue.json; "everything" means all papers
  consentAt      when they consented: 2026-08-07, or 2026-08-07T05:15:00Z
  consentSource  where they consented; it goes into the consent journal, so it must hold no address
  days           empty for every day; weekdays such as 12345; w5 for once a week, on Friday
  maxPapers      1 to 25; 10 by default
  aiSummaries    no for the authors' own words only
  quietDays      best-unseen for the best papers of other topics on days without a match
  never          filters of papers to leave out of every digest, separated by ;
  status         their status where they come from; only those who are active are imported

Only unknown addresses are added. Whoever is active, paused, pending, moving, unsubscribed, bounced or suppressed here
stays as they are, and so does whoever left or was erased after the consent; these lines are counted by reason. A line
that is wrong, or that names a mailbox a second time, is reported by its number and does not stop the others; the exit
code is then 1.

An interrupted import resumes when it is run again, and adds nobody twice. A truncated file is refused before anything
is written, so piped input is kept in an unnamed file until the import ends. Memory holds only an id of 22 characters
per line.`,
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
