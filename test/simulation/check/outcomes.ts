import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { digestLifetimeMs } from '../../../shared/domain/subscriber/slot.js';
import { type DayEdition, papersFor } from '../house/editions.js';
import type { Finding, Judged, Story } from './story.js';
import { judgeUncertain } from './uncertain.js';
import { couldBeSent } from './windows.js';

/** Papers that the reader had been mailed before, or may have been: nobody knows of a claim that stays in doubt. */
function shownBefore(story: Story, edition: string, life: number, at: number): Set<string> {
  const shown = new Set<string>();
  for (const right of story.rights) {
    if (right.edition === edition || right.life !== life || right.at > at) continue;
    const isMailed = story.digestsOf(right.edition, life).length > 0;
    const outcome = story.outcomeOf(right.edition);
    const isInDoubt = outcome === 'suppressed' && !story.isUnsent(right);
    if (isMailed || isInDoubt || outcome === 'uncertain' || outcome === 'failed' || outcome === undefined)
      for (const id of right.papers) shown.add(id);
  }
  return shown;
}

function hidden(story: Story, day: DayEdition, at: number, papers: readonly string[]): string[] {
  const life = story.lifeAt(at);
  const shown = shownBefore(story, day.date, life, at);
  return papersFor(day, story.reader.filter).filter((id) => !shown.has(id) && !papers.includes(id));
}

function* judgeEdition(story: Story, day: DayEdition, judged: Judged): Generator<Finding> {
  const { world, end } = judged;
  const { date } = day;
  const who = `edition ${date} of reader ${story.reader.number}`;
  const outcome = story.outcomeOf(date);
  const life = story.lifeAt(end);
  const mails = story.digestsOf(date, life);
  const due = story.steadyDue(date, end);
  if (outcome === 'uncertain') yield judgeUncertain(story, date, judged);
  if ((outcome === 'sent' || outcome === 'quiet-noted') && mails.length === 0)
    yield { counts: 'lost', what: `${who} is recorded as ${outcome}, and never was` };
  if (mails.some(({ isStillHere }) => isStillHere) && !story.hadQuietWeekBefore(date))
    yield { counts: 'repeated', what: `${who} is a still-here mail without seven quiet editions before` };
  if (outcome === 'failed' && !story.reader.profile.address.startsWith('rejected')) {
    yield { counts: 'lost', what: `${who} failed, though SES rejected nothing` };
  }
  if (outcome === 'unmatched') {
    const left = hidden(story, day, story.recordedAt(date, 'unmatched') ?? end, []);
    if (left.length > 0)
      yield { counts: 'lost', what: `${who} is unmatched, though ${left.join(' ')} match and never came` };
  }
  const [first] = mails;
  if (first) {
    const left = hidden(story, day, story.rightOf(first)?.at ?? first.at, first.papers);
    if (left.length > 0) yield { counts: 'lost', what: `${who} lacks ${left.join(' ')}, which match and never came` };
  }
  if (due === undefined || due + digestLifetimeMs > end - hourMs) return;
  if (outcome === 'expired' && couldBeSent(world.profile, due + 15 * minuteMs, due + digestLifetimeMs)) {
    yield { counts: 'lost', what: `${who} expired, though it could be sent` };
  }
  if (outcome === undefined && story.openClaim()?.edition !== date)
    yield { counts: 'lost', what: `${who} came to no outcome` };
}

/** Digests that nobody got, and what is recorded of them that is not so. */
export function* judgeOutcomes(story: Story, judged: Judged): Generator<Finding> {
  for (const day of judged.editions) yield* judgeEdition(story, day, judged);
  const open = story.openClaim();
  if (open) yield { counts: 'open', what: `the claim of ${open.edition} for reader ${story.reader.number} is open` };
  if (story.last?.status === 'active' && story.last.slot === undefined)
    yield { counts: 'lost', what: `reader ${story.reader.number} is active and in no slot` };
  const { outageHours, focus } = judged.options;
  if (outageHours !== undefined || focus === 'outage alone') yield* lateAfterOutage(story, judged);
}

/** What SES could take again must go out within an hour. */
function* lateAfterOutage(story: Story, { world, editions, end }: Judged): Generator<Finding> {
  const [first] = editions;
  const due = first && story.steadyDue(first.date, end);
  const { crashes, dynamo, quotaOut, lateEvents, stalled, outage, ses } = world.profile;
  const isStill = [...Object.values(dynamo), ...Object.values(ses), crashes, lateEvents].every((rate) => rate === 0);
  const away = [outage, quotaOut].filter(({ from, to }) => to > from);
  // Whoever crashes besides is served when the queue gives the job out again.
  if (!first || due === undefined || !isStill || stalled.to > stalled.from) return;
  for (const mail of story.mails) {
    if (mail.edition === first.date && mail.at > Math.max(due, ...away.map(({ to }) => to)) + hourMs) {
      const what = `edition ${mail.edition} came to reader ${story.reader.number} over an hour after SES was back`;
      yield { counts: 'open', what };
    }
  }
}
