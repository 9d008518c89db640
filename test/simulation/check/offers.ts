import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { doubtLastsMs } from '../../../shared/domain/subscriber/delivery.js';
import { digestLifetimeMs, dueAt, type Slot } from '../../../shared/domain/subscriber/slot.js';
import type { KnownMail } from '../engine/ledger.js';
import { publishHour } from '../house/editions.js';
import type { Finding, Judged, Right, Story } from './story.js';

/** By how much a clock may be wrong, and a job that began in time may end late. */
const toleranceMs = 25 * minuteMs;

/** A digest that went out after its time. */
function* tooLate(story: Story): Generator<Finding> {
  for (const mail of story.mails) {
    const right = mail.kind === 'digest' ? story.rightOf(mail) : undefined;
    const slot = right?.batch.split('#')[0];
    if (!right || !slot?.includes('@')) continue;
    const due = dueAt(slot as Slot, right.edition as never, publishHour);
    // Who has moved is owed the edition for as long as their own slot is.
    const own = story.stateAt(right.at)?.slot as Slot | undefined;
    const ownDue = (own && dueAt(own, right.edition as never, publishHour)) ?? 0;
    if (due === undefined) {
      const what = `edition ${right.edition} came to reader ${story.reader.number} on a day that ${slot} has not`;
      yield { counts: 'unbalanced', what };
    } else if (mail.at > Math.max(due, ownDue) + digestLifetimeMs + toleranceMs) {
      yield {
        counts: 'lost',
        what: `edition ${right.edition} came to reader ${story.reader.number} after it had expired`,
      };
    }
  }
}

/** A claim given up as uncertain although SES had said no, and nobody was kept from writing that down. */
function* wronglyInDoubt(story: Story, { world: { ledger, faults } }: Judged): Generator<Finding> {
  for (const { edition, outcome } of story.outcomes()) {
    if (outcome !== 'uncertain') continue;
    const offers = ledger.offers.filter(({ tags }) => tags.subscriber === story.reader.id && tags.edition === edition);
    const rights = story.rights.filter((right) => right.edition === edition);
    // That SES refused the mail kept nobody from writing it down.
    const others = faults.struck.filter((name) => !/^refused: .*SendRawEmail/.test(name));
    const isTroubled = [...offers, ...rights].some(({ by }) => others.some((name) => name.includes(by)));
    const isSure = offers.length > 0 && offers.every(({ result }) => result === 'refused' || result === 'no quota');
    if (isSure && !isTroubled) {
      yield {
        counts: 'lost',
        what: `edition ${edition} of reader ${story.reader.number} is uncertain, though SES refused it`,
      };
    }
  }
}

/** How many reported digests are evidence; one probe is too. */
const fewestHeard = 5;

/**
 * A second attempt must not begin before the first one's event had its half hour, by clocks that may disagree, nor before
 * events of younger mails were heard of.
 */
function* tooSoon(story: Story, { world: { ledger, profile } }: Judged): Generator<Finding> {
  for (const second of story.rights.filter(({ attempt }) => attempt > 1)) {
    const isFirst = (right: Right) => right.edition === second.edition && right.attempt === 1 && right.at < second.at;
    const first = story.rights.findLast(isFirst);
    if (first && second.at - first.at < doubtLastsMs - 2 * profile.skewMs - minuteMs) {
      yield {
        counts: 'repeated',
        what: `edition ${second.edition} of reader ${story.reader.number} was tried again before its event could come`,
      };
    }
    const isHeard = ({ at, send: { recordedAt } }: KnownMail) =>
      at > (first?.at ?? second.at) - 2 * profile.skewMs && recordedAt !== undefined && recordedAt <= second.at;
    const heard = ledger.mails.filter(isHeard);
    const digests = heard.filter(({ kind }) => kind === 'digest').length;
    if (first && digests < fewestHeard && !heard.some(({ kind }) => kind === 'probe')) {
      yield {
        counts: 'repeated',
        what: `edition ${second.edition} of reader ${story.reader.number} was tried again without evidence`,
      };
    }
  }
}

/** SES must not be asked again by whoever it has told that the day's quota is used up. */
function* afterQuota(story: Story, { world: { ledger } }: Judged): Generator<Finding> {
  const told = new Set<string>();
  for (const { by, tags, result } of ledger.offers) {
    if (tags.subscriber === story.reader.id && told.has(by)) {
      yield {
        counts: 'repeated',
        what: `SES was offered a mail for reader ${story.reader.number} again after it had no quota left`,
      };
    }
    if (result === 'no quota') told.add(by);
  }
}

/** What SES was offered, and when. */
export function* judgeOffers(story: Story, judged: Judged): Generator<Finding> {
  yield* tooLate(story);
  yield* wronglyInDoubt(story, judged);
  yield* tooSoon(story, judged);
  yield* afterQuota(story, judged);
}
