import { randomUUID } from 'node:crypto';
import { arxivGroup, type Backfill } from '../../../shared/contract/messages.js';
import { addDays, type CalendarDate, dateOf, dayMs, startOf } from '../../../shared/domain/calendar-date.js';
import { jobQueue } from '../../../shared/runtime/job-queue.js';
import { type BackfillMark, backfillMarks } from '../../../shared/storage/papers/backfill-mark.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { readDate } from '../../command/read-given.js';
import { type Operator, withOperator } from '../../house/operator.js';

/** Observations are kept as long. */
const mostDays = 90;

/** Fills past days with papers and counts, or tells how far that came. */
export const backfill: Command = {
  name: 'backfill',
  summary: 'fetches the papers of past days; makes no editions and sends no mail',
  operands: [
    { name: 'FROM', isOptional: true, help: 'the first day, such as 2026-07-01' },
    { name: 'TO', isOptional: true, help: `the last day, today at the latest; ${mostDays} days at most` },
  ],
  options: { status: { type: 'boolean', help: 'shows how far the last backfill got' } },
  place: 'house',
  writes: true,
  more: `For each day it reads Hugging Face's list, then arXiv's submissions page by page. Each step is a job of ingest's queue that asks for the
next one, so the hourly run gets its turn in between. Counts are today's. The same command continues where an
earlier one stopped or gave up; another span replaces it (a single day ends a long one).`,
  async run(given, io) {
    const [from, to] = given.operands;
    if (given.options.status === true) {
      const mark = await withOperator(given.place, markOf);
      io.out(mark ? progressOf(mark) : 'there was no backfill yet');
      return io.json({ backfill: mark ?? null });
    }
    if (from === undefined || to === undefined) {
      throw new UsageError('backfill: FROM and TO are missing, or --status; see npm run cli -- backfill --help');
    }
    await withOperator(given.place, async (operator) => {
      const span = readSpan(from, to, dateOf(operator.now()));
      const mark = await markOf(operator);
      const plan = planFor(span, mark);
      io.out(plan.words);
      if (!given.isDryRun) await ask(span, operator);
      const local = operator.kind === 'local' ? ' It waits for this Paperboy to run again: npm start.' : '';
      io.out(given.isDryRun ? 'nothing was done' : `Asked for.${local} \`backfill --status\` tells how far it came.`);
      io.json({ ...span, beginsAt: plan.beginsAt, asked: !given.isDryRun });
    });
  },
};

interface Span {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const markOf = ({ dynamo, output }: Operator) => backfillMarks(dynamo, output('PapersTable')).last();

/** Reads the days to fill; throws on a span that is empty, too long or not over yet. */
export function readSpan(first: string, last: string, today: CalendarDate): Span {
  const [from, to] = [readDate(first, 'FROM'), readDate(last, 'TO')];
  if (from > to) throw new CliError(`FROM: ${from} comes after ${to}; write the earlier day first`);
  if (to > today) throw new CliError(`TO: ${to} has not come yet; write ${today} or an earlier day`);
  if (daysIn({ from, to }) > mostDays) {
    const longest = addDays(from, mostDays - 1);
    throw new CliError(
      `TO: ${from} to ${to} are more than ${mostDays} days; write ${longest} at most, and the rest later`,
    );
  }
  return { from, to };
}

const daysIn = ({ from, to }: Span) => Math.round((startOf(to) - startOf(from)) / dayMs) + 1;

function planFor(
  span: Span,
  mark: BackfillMark | undefined,
): { readonly words: string; readonly beginsAt: CalendarDate } {
  const { from, to } = span;
  const isSame = mark?.from === from && mark.to === to;
  if (mark && isSame && !mark.isDone)
    return { words: `Goes on with ${mark.place.date} to ${to}.`, beginsAt: mark.place.date };
  const replaced =
    mark && !mark.isDone ? ` It takes the place of ${mark.from} to ${mark.to}, which came to ${mark.place.date}.` : '';
  return {
    words: `Fetches ${daysIn(span)} days, ${from} to ${to}: papers and counts, no editions, no mails.${replaced}`,
    beginsAt: from,
  };
}

async function ask({ from, to }: Span, { clients, output }: Operator): Promise<void> {
  const put = jobQueue<Backfill>(clients.sqs, output('IngestQueue'), arxivGroup);
  await put([{ kind: 'backfill', id: randomUUID(), from, to }]);
}

/** How far a backfill came, in a line. */
export function progressOf({ from, to, place, saved, isDone, stoppedBy, changedAt }: BackfillMark): string {
  const days = daysIn({ from, to });
  const done = isDone ? days : daysIn({ from, to: place.date }) - 1;
  const head = `${from} to ${to}: ${done} of ${days} days, ${saved} papers new or changed`;
  if (isDone) return `${head}; done`;
  const at = `${new Date(changedAt).toISOString().slice(0, 16)}Z`;
  if (stoppedBy !== undefined) return `${head}; gave up at ${at} (${stoppedBy}): \`backfill ${from} ${to}\` goes on`;
  return `${head}; goes on with ${place.date}, last at ${at}`;
}
