import { bug, type Mutant } from './mutant.js';

const claims = 'shared/storage/subscribers/digest-claims.ts';
const state = 'shared/storage/subscribers/subscriber-state.ts';
const reading = 'shared/storage/dynamo/reading.ts';

/** Bugs of the claim and of how the tables are read. */
export const claimBugs: readonly Mutant[] = [
  bug(
    'non-atomic claim',
    claims,
    "answer: 'claimed', write: { set, onlyIf: [isActive, isBefore(edition), ...isUnchanged(held)] }",
    "answer: 'claimed', write: { set, onlyIf: [isActive] }",
    { focus: 'races' },
  ),
  bug(
    'consent not in the claim',
    claims,
    "answer: 'claimed', write: { set, onlyIf: [isActive, isBefore(edition), ...isUnchanged(held)] }",
    "answer: 'claimed', write: { set, onlyIf: [isBefore(edition), ...isUnchanged(held)] }",
  ),
  bug(
    'claim taken over by whoever comes',
    claims,
    'if (await update(id, { set, onlyIf: [isActive, ...isSameClaim(old)] }))',
    'if (await update(id, { set, onlyIf: [isActive] }))',
    { focus: 'races' },
  ),
  {
    name: 'consent not asked again for a resumed claim',
    options: { focus: 'refusals' },
    edits: [
      {
        file: claims,
        find: 'if (await update(id, { set, onlyIf: [isActive, ...isSameClaim(old)] }))',
        replace: 'if (await update(id, { set, onlyIf: isSameClaim(old) }))',
      },
      {
        file: 'shared/domain/subscriber/delivery.ts',
        find: "if (!isActive) return { do: 'record', claim, outcome: 'suppressed' };",
        replace: '',
      },
    ],
  },
  bug(
    'unsent never marked',
    claims,
    "await update(id, { set: { 'claim.isUnsent': true }, onlyIf: isSameClaim(claim) });",
    'void [id, claim];',
    { focus: 'refusals' },
  ),
  bug(
    'quiet editions are not counted anew by a claim',
    claims,
    'quietEditions: undefined, claim:',
    'quietEditions: state.quietEditions, claim:',
  ),
  bug(
    'seen papers not in the claim',
    claims,
    'claim: claimAttribute(claim), ...seenAttributes(seen) }',
    'claim: claimAttribute(claim) }',
  ),
  bug(
    'state read from a replica that lags',
    state,
    'Key: stateKey(id), ConsistentRead: true',
    'Key: stateKey(id), ConsistentRead: false',
  ),
  bug(
    'lost races are not decided anew',
    state,
    'if (!decision.write || (await update(id, decision.write))) return decision.answer;',
    'if (decision.write) await update(id, decision.write);\n      return decision.answer;',
  ),
  bug(
    'empty page is the end',
    reading,
    'next = page.LastEvaluatedKey;',
    'next = page.Items?.length ? page.LastEvaluatedKey : undefined;',
  ),
  bug('a page is all there is', reading, 'next = page.LastEvaluatedKey;', 'next = undefined;'),
  bug('unprocessed keys are forgotten', reading, 'left = unprocessed;', 'left = [];'),
];
