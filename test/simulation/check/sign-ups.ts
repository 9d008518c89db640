import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import type { Acknowledgement } from '../engine/ledger.js';
import type { Finding, Judged, Story } from './story.js';
import { couldBeSent } from './windows.js';

const isDone = ({ endedAt, isRefused }: Acknowledgement) => endedAt !== undefined && !isRefused;

/** Whether SES was away, or left somebody in doubt, in a way that may cost a notice. */
function isExcused({ world }: Judged, subject: string, from: number, to: number): boolean {
  const { outage, quotaOut } = world.profile;
  // A request waits for the next day's quota; a welcome may not.
  const isAway = (subject.startsWith('welcome') ? [outage, quotaOut] : [outage]).some(
    (window) => window.to > window.from && window.from < to && window.to > from,
  );
  // Whoever dies when the right to send is used up leaves the same doubt.
  const isInDoubt = world.faults.struck.some(
    (name) => name.includes(subject) && (name.includes('SendRawEmail') || /^crash-after: .* signup$/.test(name)),
  );
  return isAway || isInDoubt;
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
    if (near || isExcused(judged, `answer-request ${reader.profile.address}`, note.startedAt, judged.end)) continue;
    if (reader.profile.address.startsWith('rejected')) continue;
    yield { counts: 'lost', what: `the form of reader ${reader.number} was acknowledged and never answered` };
  }
}

function* confirmations(story: Story, judged: Judged): Generator<Finding> {
  const { reader, acknowledgements, history, mails } = story;
  for (const note of acknowledgements) {
    if (note.action !== 'confirm') continue;
    const who = `reader ${reader.number}`;
    const by = `serve-pages confirm by ${reader.number} `;
    const confirmed = history.find(
      ({ at, by: writer, before, after }) =>
        writer.startsWith(by) && at >= note.startedAt && before?.status === 'pending' && after?.status === 'active',
    );
    const isStill = (until: number) =>
      history.every(({ at, after }) => at < (confirmed?.at ?? 0) || at > until || after?.status === 'active');
    if (note.isRefused && confirmed && isStill(note.endedAt ?? judged.end)) {
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
      isExcused(judged, `welcome ${reader.id}`, note.startedAt, until) ||
      reader.profile.address.startsWith('rejected')
    )
      continue;
    yield { counts: 'lost', what: `${who} confirmed and was not welcomed` };
  }
  yield* silence(story, judged);
}

/** Whoever has confirmed and stayed gets something, as soon as SES takes mail. */
function* silence(story: Story, { world, end }: Judged): Generator<Finding> {
  const { reader, acknowledgements, mails, last } = story;
  const note = acknowledgements.findLast((entry) => entry.action === 'confirm' && isDone(entry));
  const isDoubtful = world.faults.struck.some((name) => name.includes(reader.id) && name.includes('SendRawEmail'));
  if (!note || last?.status !== 'active' || reader.profile.address.startsWith('rejected') || isDoubtful) return;
  const isSilent = !mails.some(({ kind, at }) => ['welcome', 'digest'].includes(kind) && at > note.startedAt);
  if (!isSilent || story.outcomes().length > 0 || note.startedAt > end - 8 * hourMs) return;
  if (couldBeSent(world.profile, note.startedAt, end)) {
    yield { counts: 'lost', what: `reader ${reader.number} confirmed and never got a mail` };
  }
}

/** What became of those who asked for mail. */
export function* judgeSignUps(story: Story, judged: Judged): Generator<Finding> {
  yield* forms(story, judged);
  yield* confirmations(story, judged);
}
