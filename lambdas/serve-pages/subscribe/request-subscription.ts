import type { SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { type FormFields, parseChoices, valuesOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { parseTypedAddress } from '../../../shared/domain/subscriber/typed-address.js';
import type { Keys } from '../../../shared/runtime/keys.js';
import { type SigningKey, signToken, verifyToken } from '../../../shared/runtime/tokens.js';
import type { FormShape } from '../frame/read-form.js';
import { type SpellingDeps, spelledOut } from './spelled-out.js';

/** A field that no person sees: whatever fills it in is a program. */
export const honeypot = 'homepage';

export const subscriptionForm: FormShape = {
  single: [
    'stamp',
    honeypot,
    'address',
    'hour',
    'timezone',
    'days',
    'weekDay',
    'maxPapers',
    'aiSummaries',
    'quietDays',
  ],
  repeated: ['topic', 'group', 'filter', 'filterName', 'authors', 'organisations', 'category', 'day'],
};

interface RequestSubscriptionDeps extends SpellingDeps {
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Instant;
}

/**
 * `accepted` reveals nothing but what was made of the address that was typed; `refused` has the next form's stamp.
 */
type SubscriptionAnswer =
  | { readonly answer: 'accepted'; readonly address?: string }
  | { readonly answer: 'refused'; readonly errors: Readonly<Record<string, string>>; readonly stamp: string };

/** Checks what was typed and queues the rest, so that neither the answer nor its time reveals anything. */
export async function requestSubscription(
  fields: FormFields,
  deps: RequestSubscriptionDeps,
): Promise<SubscriptionAnswer> {
  const one = (name: string) => valuesOf(fields, name)[0] ?? '';
  const address = parseTypedAddress(one('address'));
  // A program that is ignored gets the answer that everybody gets.
  const accepted = { answer: 'accepted', ...(address.ok && { address: address.address }) } as const;
  if (one(honeypot) !== '') return accepted;
  const { signing } = await deps.keys();
  const now = deps.now();
  const age = judgeStamp(signing, one('stamp'), now);
  const spelled = spelledOut(fields, deps);
  const choices = parseChoices(spelled.fields, deps.catalogue);
  if (!address.ok || !choices.ok || Object.keys(spelled.errors).length > 0 || age === 'too-old') {
    const errors = {
      ...(age === 'too-old' && { form: formTooOld }),
      ...(!address.ok && { address: address.message }),
      ...(!choices.ok && choices.errors),
      ...spelled.errors,
    };
    const stamp = age === 'too-old' ? stampCorrected(signing[0], now) : one('stamp');
    return { answer: 'refused', errors, stamp };
  }
  if (age === 'too-fast') return accepted;
  const { topics, ...rest } = choices.value;
  const request = { ...rest, topics: [...topics], address: address.address, page: pageVersion, requestedAt: now };
  await deps.enqueue([{ kind: 'answer-request', ...request }]);
  return accepted;
}

/** Nobody reads the form and fills it in faster than this. */
const leastFillMs = 2000;

/** A form that was open for longer has to be sent again. */
const formLifeMs = dayMs;

export const formTooOld = 'This form was open for more than a day. Please send it again.';

/** Says when a form was given out, signed: where a link names its subscriber, a stamp has the instant in base 36. */
export function stampForm(key: SigningKey, at: Instant): string {
  return signToken(key, 'form', { subscriber: at.toString(36), issuedOn: Math.floor(at / dayMs) });
}

/** Stamps a form that somebody corrects: it has been filled in before, and the least time does not start again. */
export function stampCorrected(key: SigningKey, at: Instant): string {
  return stampForm(key, at - leastFillMs);
}

/** Judges a form by its stamp; one that is missing or not ours counts as too old: a person may send it again. */
export function judgeStamp(keys: readonly SigningKey[], stamp: string, now: Instant): 'good' | 'too-fast' | 'too-old' {
  const claims = verifyToken(keys, 'form', stamp, Math.floor(now / dayMs), 1);
  const age = claims ? now - Number.parseInt(claims.subscriber, 36) : Number.NaN;
  if (!(age <= formLifeMs)) return 'too-old';
  return age < leastFillMs ? 'too-fast' : 'good';
}
