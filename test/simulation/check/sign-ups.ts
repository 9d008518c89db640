import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import { digestLifetimeMs, type Slot } from '../../../shared/domain/subscriber/slot.js';
import type { Acknowledgement } from '../engine/ledger.js';
import { dueIn } from '../house/days.js';
import { env } from '../house/functions.js';
import type { Finding, Judged, Story } from './story.js';
import { couldBeSent } from './windows.js';

const isDone = ({ endedAt, isRefused }: Acknowledgement) => endedAt !== undefined && !isRefused;

/** Whether SES was away, or left somebody in doubt, in a way that may cost a notice. */
function isExcused(story: Story, judged: Judged, subject: string, from: number, to: number): boolean {
  const { world } = judged;
  const { outage, quotaOut } = world.profile;
  // A request waits for the next day's quota; a welcome may not.
  const isAway = (subject.startsWith('welcome') ? [outage, quotaOut] : [outage]).some(
    (window) => window.to > window.from && window.from < to && window.to > from,
  );
  const isInDoubt = world.faults.struck.some((name) => name.includes(subject) && name.includes('SendRawEmail'));
  // What failed five times is in the dead letters, which are alarmed and sent on by the admin.
  const isGivenUp = world.queues.notices.deadLetters.some(({ name }) => name.includes(subject));
  return isAway || isInDoubt || isGivenUp || hasDiedSending(story, judged, 'signup');
}

/**
 * Whether a process died once it had used up a right to send, just before or after it offered the mail; a death before
 * that excuses nothing, since the message takes its right again.
 */
function hasDiedSending({ reader: { id } }: Story, { world }: Judged, sk: 'signup' | 'notice#welcome'): boolean {
  const row = world.dynamo.table(env.SUBSCRIBERS_TABLE).stored({ pk: id, sk })?.item;
  const isDeath = (name: string) => name.startsWith('crash-after: ') && name.endsWith(` ${id} ${sk}`);
  return row?.isUsed === true && world.faults.struck.some(isDeath);
}

/** A form that was acknowledged must be answered, unless there is a reason to be silent. */
function* forms(story: Story, judged: Judged): Generator<Finding> {
  const { reader, acknowledgements, mails } = story;
  for (const note of acknowledgements) {
    if (note.action !== 'subscribe' || !isDone(note) || note.startedAt > judged.end - 8 * hourMs) continue;
    const status = story.stateAt(note.startedAt)?.status;
    if (status === 'suppressed' || story.history.some(({ after }) => after?.status === 'suppressed')) continue;
    const kinds = ['confirmation', 'already-subscribed'];
    const near = mails.some(({ kind, at }) => kinds.includes(kind) && at > note.startedAt - dayMs);
    if (near || isExcused(story, judged, `answer-request ${reader.profile.address}`, note.startedAt, judged.end))
      continue;
    if (reader.profile.address.startsWith('rejected')) continue;
    yield { counts: 'lost', what: `the form of reader ${reader.number} was acknowledged and never answered` };
  }
}

function* confirmations(story: Story, judged: Judged): Generator<Finding> {
  const { reader, acknowledgements, history, mails } = story;
  const notes = acknowledgements.filter(({ action }) => action === 'confirm');
  for (const [place, note] of notes.entries()) {
    const who = `reader ${reader.number}`;
    const by = `serve-pages confirm by ${reader.number} `;
    const confirmed = history.find(
      ({ at, by: writer, before, after }) =>
        writer.startsWith(by) && at >= note.startedAt && before?.status === 'pending' && after?.status === 'active',
    );
    const isStill = (until: number) =>
      history.every(({ at, after }) => at < (confirmed?.at ?? 0) || at > until || after?.status === 'active');
    // The link of an older mail is spent once a newer one has replaced it, whichever of both is followed first.
    const isOwn = confirmed?.by.startsWith(`${by}#${place + 1}.`);
    if (note.isRefused && confirmed && isOwn && isStill(note.endedAt ?? judged.end)) {
      yield { counts: 'lost', what: `${who} confirmed and was told that the link is spent` };
    }
    if (!isDone(note) || !confirmed) continue;
    const until = confirmed.at + 2 * hourMs;
    const isWelcomed = mails.some(
      ({ kind, at }) => ['welcome', 'digest'].includes(kind) && at > note.startedAt && at < until,
    );
    const isTroubled = judged.world.faults.struck.some((name) => name.includes(`welcome ${reader.id}`));
    if (isWelcomed || isTroubled || until > judged.end || !isStill(until)) continue;
    if (
      isExcused(story, judged, `welcome ${reader.id}`, note.startedAt, until) ||
      reader.profile.address.startsWith('rejected')
    )
      continue;
    yield { counts: 'lost', what: `${who} confirmed and was not welcomed` };
  }
  yield* silence(story, judged);
}

/** Whether an edition fell due for a reader from an instant on, early enough for its digest to have ended. */
function hasFallenDue({ last }: Story, { editions, end }: Judged, from: number): boolean {
  const dues = editions.map(({ date }) => dueIn(last?.slot as Slot, date));
  return dues.some((due) => due >= from && due + digestLifetimeMs < end);
}

/**
 * Whoever has confirmed and stayed gets something, as soon as SES takes mail. Where the welcome is excused, that is the
 * first digest: whoever has chosen days may wait for it until after the run.
 */
function* silence(story: Story, judged: Judged): Generator<Finding> {
  const { world, end } = judged;
  const { reader, acknowledgements, mails, last } = story;
  const note = acknowledgements.findLast((entry) => entry.action === 'confirm' && isDone(entry));
  const isDoubtful =
    world.faults.struck.some((name) => name.includes(reader.id) && name.includes('SendRawEmail')) ||
    hasDiedSending(story, judged, 'notice#welcome');
  if (!note || last?.status !== 'active' || reader.profile.address.startsWith('rejected') || isDoubtful) return;
  const isSilent = !mails.some(({ kind, at }) => ['welcome', 'digest'].includes(kind) && at > note.startedAt);
  if (!isSilent || story.outcomes().length > 0 || note.startedAt > end - 8 * hourMs) return;
  const isWelcomeExcused = isExcused(
    story,
    judged,
    `welcome ${reader.id}`,
    note.startedAt,
    note.startedAt + 2 * hourMs,
  );
  if (isWelcomeExcused && !hasFallenDue(story, judged, note.startedAt)) return;
  if (couldBeSent(world.profile, note.startedAt, end)) {
    yield { counts: 'lost', what: `reader ${reader.number} confirmed and never got a mail` };
  }
}

/** What became of those who asked for mail. */
export function* judgeSignUps(story: Story, judged: Judged): Generator<Finding> {
  yield* forms(story, judged);
  yield* confirmations(story, judged);
}
