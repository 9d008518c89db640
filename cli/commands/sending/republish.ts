import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { editionPublished, remakeAsked } from '../../../shared/contract/events.js';
import { type CalendarDate, dateOf } from '../../../shared/domain/calendar-date.js';
import { eventPublisher } from '../../../shared/runtime/event-bus.js';
import { CliError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { readDate } from '../../command/read-given.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { isWanted, yesOption } from './ask-first.js';

/** How an edition stands with those who might get it. */
export interface Standing {
  readonly edition: CalendarDate;
  readonly papers: number;
  /** `remake`: nobody was planned or welcomed by it. */
  readonly does: 'remake' | 'announce';
  readonly isNewest: boolean;
  readonly plannedSlots: number;
  readonly candidates: number;
  readonly sent: number;
}

/** Makes an edition anew that nobody has yet, or announces one again. */
export const republish: Command = {
  name: 'republish',
  summary: 'remakes an edition that nobody has received yet, or announces it again',
  operands: [{ name: 'DATE', help: 'the day of the edition, such as 2026-08-07' }],
  options: yesOption,
  place: 'house',
  writes: true,
  more: `The newest edition is remade from what is known by now, as long as no slot of its run has been planned and no welcome has gone out
with it. A mark that both the planner and this command write settles who came first, so everybody gets the same edition. Any other
edition is announced again: the planner then looks for slots that are due, and nobody gets a digest twice.`,
  async run(given, io) {
    const date = readDate(given.operands[0], 'DATE');
    await withOperator(given.place, async (operator) => {
      const standing = await standingOf(date, operator);
      for (const line of inWords(standing)) io.out(line);
      await doIt(standing, operator, given, io);
    });
  },
};

async function doIt(standing: Standing, operator: Operator, given: Given, io: Io): Promise<void> {
  const isDone = !given.isDryRun && (await isWanted(given, 'republish', 'Do it?'));
  if (isDone) await publish(standing, operator);
  const asked = standing.does === 'remake' ? 'asked for; `status` shows when it came out' : 'announced';
  if (isDone) io.out(operator.kind === 'local' ? 'waits for this Paperboy to run again: npm start' : asked);
  else io.out('nothing was done');
  io.json({ ...standing, done: isDone });
}

/** What is known of an edition and its run; throws when there is none of that date. */
export async function standingOf(
  date: CalendarDate,
  { editions, runs, now }: Pick<Operator, 'editions' | 'runs' | 'now'>,
): Promise<Standing> {
  const summary = (await editions.summariesOf([date])).get(date);
  if (!summary)
    throw new CliError(`there is no edition of ${date}: the first ingest after the publish hour makes today's`);
  const [newest, isOpen, planned, balance] = await Promise.all([
    editions.newestDate(dateOf(now())),
    editions.isOpen(date),
    runs.plannedSlots(date),
    runs.balance(date),
  ]);
  const isUntouched = isOpen && planned.size === 0 && balance.candidates === 0;
  return {
    edition: date,
    papers: summary.papers,
    does: date === newest && isUntouched ? 'remake' : 'announce',
    isNewest: date === newest,
    plannedSlots: planned.size,
    candidates: balance.candidates,
    sent: balance.sent,
  };
}

/** Says what would be done, and to whom. */
export function inWords({
  edition,
  papers,
  does,
  isNewest,
  plannedSlots,
  candidates,
  sent,
}: Standing): readonly string[] {
  const head = `Edition of ${edition}: ${papers} papers, ${plannedSlots} slots planned, ${candidates} candidates, ${sent} digests sent`;
  if (does === 'remake') {
    return [
      head,
      'It is made anew from what is known by now and announced: all who get it from now on get the new one.',
    ];
  }
  const why = isNewest
    ? 'Somebody has it, or is about to get it, so it stays as it is.'
    : 'It is not the newest, so it stays as it is.';
  return [
    head,
    `${why} It is announced again: slots that are due and not planned yet are planned, and nobody gets it twice.`,
  ];
}

/** Asks for what was said, on Paperboy's own bus. */
export async function publish(
  { edition, does }: Standing,
  { clients, output }: Pick<Operator, 'clients' | 'output'>,
): Promise<void> {
  const client = new EventBridgeClient(clients.settings);
  const event = does === 'remake' ? remakeAsked : editionPublished;
  await eventPublisher(client, output('EventBus'), event)({ date: edition });
}
