import { type CalendarDate, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { digestLifetimeMs } from '../../../shared/domain/subscriber/slot.js';
import { dueIn } from '../house/days.js';
import type { Finding, Judged, Story } from './story.js';
import { isFreeFor, type Window } from './windows.js';

/** Probes go out every 15 minutes, and a job that died comes back in 90: within this time evidence must have come. */
const evidenceMs = 4 * hourMs;

/** Why nobody can know of the newest right to send an edition; `undefined` where evidence was to be had. */
function excuse(story: Story, edition: CalendarDate, { world: { profile } }: Judged): string | undefined {
  const right = story.rights.findLast((taken) => taken.edition === edition);
  if (!right) return undefined;
  // A third mail must never be sent, whatever the evidence says of the second.
  if (right.attempt > 1) return 'both attempts were in doubt';
  const [slot = ''] = right.batch.split('#');
  const expiresAt = (slot.includes('@') ? dueIn(slot as never, edition) : right.at) + digestLifetimeMs;
  const until = Math.min(story.recordedAt(edition, 'uncertain') ?? expiresAt, expiresAt);
  if (until - right.at < evidenceMs + 40 * minuteMs) return 'the digest ended soon after its claim';
  const { outage, quotaOut, stalled, lateEvents, lostEvents } = profile;
  if (lateEvents > 0.5 || lostEvents > 0.5) return 'events came hours late, or never';
  const gaps: Window[] = [outage, quotaOut, stalled];
  return isFreeFor(evidenceMs, gaps, right.at, until) ? undefined : 'no events came, or SES took no mail';
}

/** A digest that stays uncertain, with the reason; without one it is lost, for it could have been sent again. */
export function judgeUncertain(story: Story, edition: CalendarDate, judged: Judged): Finding {
  const what = `edition ${edition} of reader ${story.reader.number}`;
  const mails = story.mails.filter((mail) => mail.kind === 'digest' && mail.edition === edition).length;
  const reason = excuse(story, edition, judged);
  if (reason !== undefined) return { counts: 'uncertain', what: `${what}, ${mails} mails: ${reason}` };
  return { counts: 'lost', what: `${what} is uncertain, ${mails} mails, though SES and its events were there` };
}
