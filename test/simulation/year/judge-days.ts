import { addDays, type CalendarDate, dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import { quietEditionsBeforeNote } from '../../../shared/domain/subscriber/delivery.js';
import { type Period, weekdayNames, weekdaysOf } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { daysOf, digestLifetimeMs, periodOfSlot, type Slot } from '../../../shared/domain/subscriber/slot.js';
import { readOutcomes } from '../../../shared/storage/subscribers/packed-history.js';
import type { Story } from '../check/story.js';
import type { KnownMail } from '../engine/ledger.js';
import { dueIn } from '../house/days.js';
import { type DayEdition, papersFor, publishHour } from '../house/editions.js';

export interface DayFinding {
  readonly kind: 'wrong' | 'repeated' | 'unexplained';
  readonly what: string;
}

/** Reasons that a day without a mail may have, as the subscriber's own state tells them. */
const reasons: readonly string[] = ['unmatched', 'suppressed', 'expired', 'uncertain'];

/** Outcomes of a day with a mail, which nobody may have heard of. */
const mailed: readonly string[] = ['sent', 'quiet-noted', 'uncertain'];

/** How late a mail may come on a day without trouble: a tick, an edition that is late, a job. */
const punctualMs = hourMs / 2;

/** The outcome of every edition that was ever recorded for a reader: the last seven are kept, so the writes tell. */
function outcomesOf({ history }: Story): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let before: unknown;
  for (const { after } of history) {
    const text = after?.outcomes;
    if (text === before) continue;
    before = text;
    for (const { edition, outcome } of readOutcomes(text as string | undefined)) found.set(edition, outcome);
  }
  return found;
}

interface Place {
  readonly slot: Slot;
  /** Whether the edition is due in the slot at all. */
  readonly isDue: boolean;
}

/** Where the reader stands from an edition's due time until it expires: steadily in one slot, away, or changing. */
function standing(story: Story, date: CalendarDate): Place | 'away' | 'changing' {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const slot = story.stateAt(noon)?.slot as Slot | undefined;
  const dueInSlot = slot ? dueIn(slot, date) : noon;
  const isDue = Number.isFinite(dueInSlot);
  const published = Date.parse(`${date}T00:00:00Z`) + publishHour * hourMs;
  // Where it is not due, a move may bring it in another slot, at any time in which some slot could.
  const due = isDue ? dueInSlot : published + dayMs;
  const from = (isDue ? due : published) - hourMs;
  const isSame = (item: Record<string, unknown> | undefined) => item?.status === 'active' && item.slot === slot;
  const states = [
    story.stateAt(from),
    ...story.history.flatMap((change) =>
      change.at > from && change.at < due + digestLifetimeMs ? [change.after] : [],
    ),
  ];
  if (slot && states.every(isSame)) return { slot, isDue };
  return states.some((item) => item?.status === 'active') ? 'changing' : 'away';
}

/** The slot that a digest was planned in; a welcome has none. */
function slotOfMail(story: Story, mail: KnownMail): Slot | undefined {
  const [slot = ''] = story.rightOf(mail)?.batch.split('#') ?? [];
  return slot.includes('@') ? (slot as Slot) : undefined;
}

/** What a mail is the best of; a welcome's is as its reader chose. */
function periodOfMail(story: Story, mail: KnownMail | undefined): Period {
  const chosen = story.stateAt(mail?.at ?? 0)?.slot as Slot | undefined;
  const slot = mail && (slotOfMail(story, mail) ?? chosen);
  return slot ? periodOfSlot(slot) : 'day';
}

/** Whether a clock in the slot's zone shows one of its days, by the runtime's calendar. */
function isOnItsDay(slot: Slot, at: number): boolean {
  const timeZone = slot.split('@')[0] ?? '';
  const name = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long' }).format(at);
  return weekdaysOf(daysOf(slot)).some((weekday) => weekdayNames[weekday - 1] === name);
}

/**
 * The papers that a reader was to get, in the order of the day or of the week: of their topics or, if they wish so, the best
 * of the rest.
 */
function papersDue(story: Story, edition: DayEdition, mail: KnownMail | undefined, shown: ReadonlySet<string>) {
  const { reader } = story;
  const period = periodOfMail(story, mail);
  const fresh = papersFor(edition, reader.filter, period).filter((id) => !shown.has(id));
  if (fresh.length > 0 || reader.profile.quietDays === undefined) return fresh;
  const { indexed, week } = edition.loaded;
  return (period === 'week' ? week : indexed).papers
    .map(({ ranked }) => ranked.paper.id)
    .filter((id) => !shown.has(id));
}

/** One edition as one reader had it. */
interface ReaderDay {
  readonly edition: DayEdition;
  readonly outcome: string | undefined;
  readonly mails: readonly KnownMail[];
  /** Papers that came on earlier days. */
  readonly shown: ReadonlySet<string>;
  /** How many days in a row before it ended as unmatched. */
  readonly quietDays: number;
  readonly isCalm: JudgedYear['isCalm'];
}

/** Whether word that we are still here came when it was due, and only then. */
function* judgeQuietDay(story: Story, { edition, outcome, mails, quietDays }: ReaderDay): Generator<DayFinding> {
  const who = `${edition.date} of reader ${story.reader.number}`;
  const isNoted = mails.some(({ isStillHere }) => isStillHere);
  if (isNoted !== (outcome === 'quiet-noted') && outcome !== 'uncertain')
    yield {
      kind: 'wrong',
      what: `${who} is ${outcome ?? 'nothing'}, and ${isNoted ? 'a' : 'no'} still-here mail left`,
    };
  if (isNoted && !story.hadQuietWeekBefore(edition.date))
    yield { kind: 'repeated', what: `${who} is a still-here mail without seven quiet days before` };
  if (outcome === 'unmatched' && quietDays >= quietEditionsBeforeNote && story.reader.steps.length === 0)
    yield { kind: 'unexplained', what: `${who} is quiet after ${quietDays} quiet days, and no word came` };
}

function* judgeDay(story: Story, day: ReaderDay): Generator<DayFinding> {
  const { edition, outcome, mails, shown, isCalm } = day;
  const { date } = edition;
  const who = `${date} of reader ${story.reader.number}`;
  const [mail, ...more] = mails;
  const place = standing(story, date);
  const fresh = papersDue(story, edition, mail, shown);
  yield* judgeQuietDay(story, day);
  for (const copy of more) yield { kind: 'repeated', what: `${who} came again at ${new Date(copy.at).toISOString()}` };
  if (mail && !mailed.includes(outcome ?? ''))
    yield { kind: 'wrong', what: `${who} was mailed and is ${outcome ?? 'nothing'}` };
  if (!mail && outcome === 'sent') yield { kind: 'wrong', what: `${who} is sent, and no mail left` };
  if (mail && mail.papers.join() !== [...fresh].join())
    yield { kind: 'wrong', what: `${who} has other papers than are new to the reader` };
  if (outcome === 'unmatched' && fresh.length > 0)
    yield { kind: 'wrong', what: `${who} is unmatched, and ${fresh.length} papers match` };
  const slot = mail && slotOfMail(story, mail);
  const due = slot && dueIn(slot, date);
  if (slot && due !== undefined && !isOnItsDay(slot, due))
    yield { kind: 'wrong', what: `${who} came on another day than those of ${slot}` };
  if (mail && due !== undefined && mail.at < due) yield { kind: 'wrong', what: `${who} came before its hour` };
  if (mail && due !== undefined && typeof place === 'object' && isCalm(due) && mail.at > due + punctualMs)
    yield { kind: 'wrong', what: `${who} came late on a calm day` };
  if (mail && slot && typeof place === 'object' && !place.isDue)
    yield { kind: 'wrong', what: `${who} came, though it was not due in ${place.slot}` };
  if (!mail && typeof place === 'object' && place.isDue && !reasons.includes(outcome ?? ''))
    yield { kind: 'unexplained', what: `${who}: ${outcome ?? 'no outcome'}` };
}

/** The year that is judged. */
export interface JudgedYear {
  readonly first: CalendarDate;
  readonly days: number;
  readonly editions: ReadonlyMap<string, DayEdition>;
  /** Whether nothing troubled the day of an instant and the one before. */
  readonly isCalm: (at: number) => boolean;
}

/** Looks at each day of a year of one reader: it is a mail, or a reason that is true. */
export function* judgeDays(story: Story, { first, days, editions, isCalm }: JudgedYear): Generator<DayFinding> {
  const outcomes = outcomesOf(story);
  const digests = story.mails.filter(({ kind }) => kind === 'digest');
  const shown = new Set<string>();
  let quietDays = 0;
  for (let number = 0; number < days; number += 1) {
    const date = addDays(first, number);
    const edition = editions.get(date);
    const mails = digests.filter((mail) => mail.edition === date);
    if (!edition) {
      if (mails.length > 0)
        yield { kind: 'wrong', what: `${date} had no edition, and reader ${story.reader.number} a mail` };
      continue;
    }
    const outcome = outcomes.get(date);
    yield* judgeDay(story, { edition, outcome, mails, shown, quietDays, isCalm });
    quietDays = outcome === 'unmatched' ? quietDays + 1 : outcome === undefined ? quietDays : 0;
    const doubtful = outcome === 'uncertain' ? story.rights.filter((right) => right.edition === date) : [];
    for (const { papers } of doubtful) for (const paper of papers) shown.add(paper);
    for (const paper of mails.flatMap(({ papers }) => papers)) {
      if (shown.has(paper) && doubtful.length === 0) {
        yield { kind: 'repeated', what: `paper ${paper} came again to reader ${story.reader.number} on ${date}` };
      }
      shown.add(paper);
    }
  }
}
