import { dayMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Acknowledgement, KnownMail } from '../engine/ledger.js';
import type { Finding, Story } from './story.js';

const returns: readonly string[] = ['confirm', 'resume'];
const leaves: readonly string[] = ['unsubscribe', 'pause', 'erase'];

/** A pause may end this much before its time, by a clock that is wrong. */
const skewMs = 10 * minuteMs;

const isDone = ({ endedAt, isRefused }: Acknowledgement) => endedAt !== undefined && !isRefused;

/** The leaving that was in force at an instant: acknowledged before it, and not taken back by anything begun since. */
function leftBefore({ acknowledgements }: Story, at: number): Acknowledgement | undefined {
  const left = acknowledgements.findLast(
    (note) => leaves.includes(note.action) && isDone(note) && (note.endedAt ?? 0) < at,
  );
  if (!left || (left.until ?? Number.POSITIVE_INFINITY) - skewMs <= at) return undefined;
  const isBack = acknowledgements.some(
    ({ action, startedAt, endedAt }) =>
      returns.includes(action) && startedAt < at && (endedAt ?? Number.POSITIVE_INFINITY) > left.startedAt,
  );
  return isBack ? undefined : left;
}

/** Whether the event of a mail was lost, came late alone, or lay in the queue; in a stall of all events nobody may repeat. */
function isUnheardOf({ send: { isLost, isLate, queuedAt, recordedAt } }: KnownMail, at: number): boolean {
  if (recordedAt !== undefined && recordedAt <= at) return false;
  return isLost || isLate || (queuedAt !== undefined && queuedAt <= at);
}

function* copies(story: Story): Generator<Finding> {
  const seen = new Map<string, KnownMail[]>();
  for (const mail of story.mails) {
    if (mail.kind !== 'digest') continue;
    const right = story.rightOf(mail);
    const who = `edition ${mail.edition} for reader ${story.reader.number}`;
    if (!right) {
      yield { counts: 'repeated', what: `${who} was mailed without a claim` };
      continue;
    }
    const key = `${right.life} ${mail.edition}`;
    const earlier = seen.get(key) ?? [];
    seen.set(key, [...earlier, mail]);
    const [first] = earlier;
    if (!first) continue;
    const isExtra = earlier.length === 1 && first.attempt < mail.attempt && isUnheardOf(first, right.at);
    if (isExtra) yield { counts: 'extraCopies', what: `a second copy of ${who}, whose first had no event` };
    else yield { counts: 'repeated', what: `copy ${earlier.length + 1} of ${who}` };
  }
}

function* papersAgain(story: Story): Generator<Finding> {
  const shown = new Map<string, string>();
  for (const mail of story.mails) {
    const life = story.rightOf(mail)?.life;
    for (const paper of mail.papers) {
      const before = shown.get(`${life} ${paper}`);
      if (before !== undefined && before !== mail.edition) {
        yield {
          counts: 'repeated',
          what: `paper ${paper} came to reader ${story.reader.number} in ${before} and ${mail.edition}`,
        };
      }
      shown.set(`${life} ${paper}`, mail.edition ?? '');
    }
  }
}

function* afterLeaving(story: Story): Generator<Finding> {
  const { number } = story.reader;
  for (const { edition, isActive } of story.rights) {
    if (!isActive)
      yield { counts: 'afterLeaving', what: `edition ${edition} was claimed for reader ${number}, who was not active` };
  }
  for (const mail of story.mails) {
    if (mail.kind === 'goodbye') continue;
    const from = mail.kind === 'digest' ? (story.rightOf(mail)?.at ?? mail.at) : mail.sentFrom;
    const left = leftBefore(story, from);
    const isAsked = story.acknowledgements.some(
      ({ action, endedAt = Number.POSITIVE_INFINITY }) => action === 'subscribe' && endedAt > (left?.startedAt ?? 0),
    );
    if (left && !(isAsked && mail.kind === 'confirmation')) {
      yield { counts: 'afterLeaving', what: `reader ${number} was mailed a ${mail.kind} after ${left.action}` };
    }
  }
}

const kept: Readonly<Record<string, readonly unknown[]>> = {
  unsubscribe: ['unsubscribed', 'suppressed'],
  pause: ['paused', 'suppressed'],
  erase: [undefined, 'suppressed'],
  resume: ['active', 'suppressed'],
  confirm: ['active', 'suppressed'],
};

/** Whether what was acknowledged last is still so at the end. */
function* undone(story: Story, end: number): Generator<Finding> {
  const { acknowledgements, last, reader } = story;
  const steps = acknowledgements.filter(({ action }) => action !== 'change');
  const final = steps.at(-1);
  if (!final || !isDone(final) || (final.until ?? Number.POSITIVE_INFINITY) <= end) return;
  const isAlone = steps.every(
    (note) => note === final || (note.endedAt ?? Number.POSITIVE_INFINITY) <= final.startedAt,
  );
  const wanted = kept[final.action];
  if (!isAlone || !wanted || wanted.includes(last?.status)) return;
  const counts = leaves.includes(final.action) ? ('afterLeaving' as const) : ('lost' as const);
  yield {
    counts,
    what: `reader ${reader.number} had ${final.action} acknowledged and ends ${last?.status ?? 'unknown'}`,
  };
}

/** What a person does that lets a notice of a kind be sent once more. */
const askedBy: Readonly<Record<string, readonly string[]>> = {
  confirmation: ['confirm', 'erase'],
  welcome: ['confirm', 'erase'],
  goodbye: ['subscribe', 'confirm', 'erase'],
};

/** Notices that came again within a day though nobody asked again. */
function* noticesAgain(story: Story): Generator<Finding> {
  for (const [kind, actions] of Object.entries(askedBy)) {
    const mails = story.mails.filter((mail) => mail.kind === kind);
    for (const [place, mail] of mails.entries()) {
      const before = mails[place - 1];
      if (!before || mail.at - before.at >= dayMs - skewMs) continue;
      const isAsked = story.acknowledgements.some(
        ({ action, startedAt, endedAt = Number.POSITIVE_INFINITY }) =>
          actions.includes(action) && endedAt > before.sentFrom && startedAt < mail.at,
      );
      if (!isAsked) yield { counts: 'repeated', what: `reader ${story.reader.number} was sent a second ${kind}` };
    }
  }
}

/** What was mailed twice, or to somebody who had left. */
export function* judgeMails(story: Story, end: number): Generator<Finding> {
  yield* copies(story);
  yield* papersAgain(story);
  yield* noticesAgain(story);
  yield* afterLeaving(story);
  yield* undone(story, end);
}
