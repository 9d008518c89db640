import { bug, type Mutant } from './mutant.js';

const events = 'lambdas/record-mail-events/record-mail-events.ts';
const journey = 'shared/storage/subscribers/subscriber-journey.ts';

/** Bugs of events and of how people come and go. */
export const peopleBugs: readonly Mutant[] = [
  bug("settle an older edition's claim", events, 'claim.edition !== edition || ', ''),
  bug(
    'a bounce is not heeded',
    events,
    "(event.eventType === 'Bounce' && event.bounce?.bounceType === 'Permanent')",
    "(event.eventType === 'Bounce' && event.bounce?.bounceType === 'Fatal')",
  ),
  bug(
    'events are not read',
    events,
    "return (await deps.subscribers.record(subscriber, 'sent', claim)) === 'recorded';",
    'return false;',
  ),
  bug(
    'welcome lost',
    'lambdas/serve-pages/subscribe/confirm-subscription.ts',
    "await deps.enqueue([{ kind: 'welcome', subscriber }]);",
    '',
  ),
  bug(
    'welcome sent at every delivery',
    'lambdas/send-notice/notice-mailer.ts',
    "if (right !== 'allowed') return right;",
    "if (right === 'too-many') return right;",
  ),
  bug(
    'a slot is not entered',
    journey,
    'return { slot: await enterSlot(newProfile.profile), confirmation: undefined, expiresAt: undefined };',
    'return { confirmation: undefined, expiresAt: undefined };',
  ),
  bug(
    'who leaves stays active',
    journey,
    'const { isDone, held } = await step(id, at, stopped, (held) => ({',
    "const { isDone, held } = await step(id, at, (from) => (stopped(from) ? 'active' : undefined), (held) => ({",
  ),
  bug(
    'an erased row is only emptied',
    'shared/storage/subscribers/subscriber-rows.ts',
    'const isGone = await eraseState(id, at);',
    'const isGone = profile !== undefined;',
  ),
];
