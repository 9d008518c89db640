import { bug, type Mutant } from './mutant.js';

const claimed = 'shared/delivery/deliver-claimed.ts';
const traffic = 'shared/domain/subscriber/reputation/mail-traffic.ts';
const steps = 'shared/domain/subscriber/delivery.ts';
const failures = 'shared/mail/send/send-failure.ts';
const sendDigest = 'lambdas/send-digest/send-digest.ts';
const plan = 'lambdas/plan-digests/plan-digests.ts';
const planSlot = 'lambdas/plan-digests/plan-slot.ts';

/** Bugs of planning, sending and counting. */
export const deliveryBugs: readonly Mutant[] = [
  bug('SDK retries on', 'shared/mail/send/ses-sender.ts', 'maxAttempts: 1,', 'maxAttempts: 3,'),
  bug(
    'mark after send',
    claimed,
    "const result = await deps.subscribers.claim(subscriber, claim, seen);\n  return result === 'claimed' ? mailClaimed(subscriber, claim, content, edition, deps) : result;",
    'const result = await mailClaimed(subscriber, claim, content, edition, deps);\n  await deps.subscribers.claim(subscriber, claim, seen);\n  await deps.subscribers.record({ ...subscriber, state: { ...subscriber.state, claim } }, "sent", claim);\n  return result;',
  ),
  bug(
    'a lost reply counts as not sent',
    claimed,
    "case 'lost':\n",
    "case 'lost':\n      await deps.subscribers.markUnsent(subscriber.id, claim);\n",
  ),
  bug(
    'a throttled mail counts as sent',
    claimed,
    'default:\n      await deps.subscribers.markUnsent(subscriber.id, claim);',
    "default:\n      await deps.subscribers.record(holder, 'sent', claim);",
    { focus: 'refusals' },
  ),
  bug('settle on absence', steps, "if (!isExpired && !isWithoutEvent) return { do: 'nothing' };", '', {
    focus: 'stall between mails',
  }),
  bug('settle at once', steps, 'if (moment.now - claim.at < doubtLastsMs)', 'if (moment.now < claim.at)', {
    focus: 'doubts',
  }),
  bug('repeated without end', steps, 'if (isExpired || claim.attempt > 1)', 'if (isExpired)', {
    lostEvents: 0.5,
    focus: 'lost events',
  }),
  {
    name: 'stale evidence',
    options: { focus: 'stall between mails' },
    edits: [
      { file: traffic, find: 'minute >= claimedAt + clocksDifferMs', replace: 'minute >= claimedAt - 15 * minuteMs' },
      {
        file: traffic,
        find: 'if (accepted >= fewestMails) return seen >= nearlyAll * accepted;',
        replace: 'if (seen > 0) return true;',
      },
      {
        file: 'lambdas/send-digest/settle-doubts.ts',
        find: 'deps.traffic.between(Math.min(...doubts), now)',
        replace: 'deps.traffic.between(Math.min(...doubts) - 15 * minuteMs, now)',
      },
    ],
  },
  {
    name: 'a few events are enough',
    options: { lostEvents: 0.5, focus: 'lost events' },
    edits: [
      { file: traffic, find: 'seen >= nearlyAll * accepted', replace: 'seen > 0' },
      { file: traffic, find: 'const fewestMails = 5;', replace: 'const fewestMails = 2;' },
    ],
  },
  bug(
    'late digest sent',
    steps,
    'return now >= dueAt + digestLifetimeMs;',
    'return now >= dueAt + 2 * digestLifetimeMs;',
    {
      focus: 'long refusals',
    },
  ),
  bug(
    'balance ignores open claims',
    steps,
    "if (state.claim?.edition === edition) return 'open';",
    "if (state.claim?.edition === edition) return 'sent';",
  ),
  bug(
    'a pause ends before its time',
    steps,
    'pausedUntil !== undefined && pausedUntil <= now',
    'pausedUntil !== undefined',
  ),
  bug('whole-batch acknowledge', 'shared/runtime/queue-worker.ts', '          throw error;\n', ''),
  bug(
    'quota error retried',
    failures,
    "? { kind: 'quota-exhausted' } : { kind: 'throttled' }",
    "? { kind: 'throttled' } : { kind: 'throttled' }",
    { focus: 'refusals' },
  ),
  bug(
    'a server error counts as a rejection',
    failures,
    "if (status < 400 || status >= 500) return { kind: 'lost', reason };",
    "if (status < 400 || status >= 500) return { kind: 'rejected', reason };",
  ),
  bug(
    'dead letter on throttle',
    sendDigest,
    'deps.countBroken(broken.size);',
    'deps.countBroken(broken.size);\n  if (stopped) throw new Error(stopped);',
    { focus: 'outage alone' },
  ),
  bug(
    'run id from the clock',
    plan,
    'const edition = editionDue(slot, now, skips, deps);',
    'const edition = editionDue(slot, now, skips, deps) && dateOf(now);',
  ),
  bug('open batches never asked for again', 'lambdas/plan-digests/repeat-batches.ts', 'await deps.ask(idle);', '', {
    focus: 'refusals',
  }),
  bug(
    'planned before it is',
    planSlot,
    'const batches = await deps.runs.batchesOfSlot(run, slot);',
    'const batches = await deps.runs.batchesOfSlot(run, slot);\n  await deps.runs.completePlan(run, slot, now);',
  ),
];
