import { bug, type Mutant } from './mutant.js';

const events = 'lambdas/record-mail-events/record-mail-events.ts';
const journey = 'shared/storage/subscribers/subscriber-journey.ts';

const isOfAnotherClaim =
  'if (claimed !== undefined && ![claim.at, claim.firstAt].includes(Number(claimed))) return false;';

/** Bugs of events and of how people come and go. */
export const peopleBugs: readonly Mutant[] = [
  {
    name: "settle an older edition's claim",
    options: { focus: 'events a day late' },
    edits: [
      { file: events, find: 'claim.edition !== edition || ', replace: '' },
      { file: events, find: isOfAnotherClaim, replace: 'if (claimed === undefined) return false;' },
    ],
  },
  bug('late event settles a new life', events, isOfAnotherClaim, 'if (claimed === undefined) return false;', {
    focus: 'new lives',
  }),
  bug('a bounce is not heeded', events, "if (kind === 'hard') return 'bounce';", "if (kind === 'hard') return 'none';"),
  bug(
    'events are not read',
    events,
    "return (await deps.subscribers.record(subscriber, outcomeOnceSent(claim), claim)) === 'recorded';",
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
    'return { ...forgotten, ...unmoved, ...confirmed, slot: await enterSlot(profile), newProfile };',
    'return { ...forgotten, ...unmoved, ...confirmed, newProfile };',
  ),
  bug(
    'pause ended twice',
    'shared/storage/subscribers/subscriber-pauses.ts',
    '(held) => held.pausedUntil === pausedUntil',
    '() => true',
    { focus: 'pauses' },
  ),
  bug(
    'who leaves stays active',
    'shared/storage/subscribers/subscriber-leaving.ts',
    '(from === standing ? undefined : nextStatus(from, standing))',
    '(from === standing ? undefined : nextStatus(from, standing) && from)',
  ),
  bug(
    'an erased row is only emptied',
    'shared/storage/subscribers/subscriber-rows.ts',
    'const isGone = await eraseState(id, at);',
    'const isGone = profile !== undefined;',
  ),
];
