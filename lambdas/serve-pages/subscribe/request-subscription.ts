import { createHmac } from 'node:crypto';
import type { AskedTopic, SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { LearnedTopic } from '../../../shared/domain/likeness/learned-topic.js';
import { nameOf } from '../../../shared/domain/likeness/topic-name.js';
import { type FormFields, valuesOf } from '../../../shared/domain/subscriber/own-filters.js';
import { parseTypedAddress } from '../../../shared/domain/subscriber/sign-up/typed-address.js';
import { parseChoices } from '../../../shared/domain/subscriber/subscription-form.js';
import { packAsked } from '../../../shared/learning/asked-topics.js';
import type { FindKnownDeps } from '../../../shared/learning/find-known.js';
import type { Keys } from '../../../shared/runtime/keys.js';
import type { RequestRepository } from '../../../shared/storage/requests-repository.js';
import type { FormShape } from '../frame/read-form.js';
import { freshTopic } from '../learned/change-learned.js';
import { type NamedExamples, namedExamples } from '../learned/named-examples.js';
import { formTooOld, judgeStamp, proofOf, stampCorrected, stampName } from './form-stamp.js';
import { originOf } from './request-origin.js';
import { hasPapers, type SpellingDeps, spelledOut } from './spelled-out.js';

/** A field that no person sees: whatever fills it in is a program. */
export const honeypot = 'homepage';

export const subscriptionForm: FormShape = {
  single: [
    'stamp',
    'proof',
    honeypot,
    'address',
    'papers',
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

/** How long a request without proof of work waits, so that it shows how many more come from there. */
const unprovenWaitSeconds = 600;

/** Behind the address of one network may be many people, but no more of them sign up in a day. */
const mostOfNetworkADay = 300;

interface RequestSubscriptionDeps extends SpellingDeps {
  readonly named: FindKnownDeps;
  readonly learning: {
    /** The packed profile that examples give. */
    readonly learn: (topic: LearnedTopic) => Promise<Uint8Array>;
  };
  readonly requests: Pick<RequestRepository, 'useStamp' | 'count'>;
  readonly enqueue: (notices: readonly SendNotice[], delaySeconds?: number) => Promise<void>;
  readonly keys: () => Promise<Keys>;
  /** At least 12 new random characters, base64url. */
  readonly randomToken: () => string;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** A form as it was sent, and the address that it was sent from. */
interface SentForm {
  readonly fields: FormFields;
  readonly sourceIp: string | undefined;
}

/**
 * `accepted` reveals nothing but what was made of the address that was typed; `refused` has the next form's stamp;
 * `too-many`: from this network, today.
 */
type SubscriptionAnswer =
  | { readonly answer: 'accepted'; readonly address?: string }
  | { readonly answer: 'refused'; readonly errors: Readonly<Record<string, string>>; readonly stamp: string }
  | { readonly answer: 'too-many' };

const sentBefore =
  'You have sent this form before. If you have changed something since, such as the address, send it once more.';

/** Checks what was typed and queues the rest, so that neither the answer nor its time reveals anything. */
export async function requestSubscription(
  { fields, sourceIp }: SentForm,
  deps: RequestSubscriptionDeps,
): Promise<SubscriptionAnswer> {
  const one = (name: string) => valuesOf(fields, name)[0] ?? '';
  const address = parseTypedAddress(one('address'));
  // A program that is ignored gets the answer that everybody gets.
  const accepted = { answer: 'accepted', ...(address.ok && { address: address.address }) } as const;
  const ignored = (why: string) => {
    deps.warn('a form was taken for a program’s and ignored', { why });
    return accepted;
  };
  if (one(honeypot) !== '') return ignored('the hidden field was filled in');
  const keys = await deps.keys();
  const { signing } = keys;
  const now = deps.now();
  const stamp = one('stamp');
  const fresh = () => stampCorrected(signing[0], now, newRandom(deps));
  const age = judgeStamp(signing, stamp, now);
  const spelled = spelledOut(fields, deps);
  const papers = one('papers');
  const named = hasPapers(fields) ? await namedExamples(papers, deps.named) : undefined;
  const choices = parseChoices(spelled.fields, deps.catalogue, named ? 1 : 0);
  if (
    !address.ok ||
    !choices.ok ||
    named?.ok === false ||
    Object.keys(spelled.errors).length > 0 ||
    age === 'too-old'
  ) {
    const errors = {
      ...(age === 'too-old' && { form: formTooOld }),
      ...(!address.ok && { address: address.message }),
      ...(!choices.ok && choices.errors),
      ...(named?.ok === false && { papers: named.problem }),
      ...spelled.errors,
    };
    return { answer: 'refused', errors, stamp: age === 'too-old' ? fresh() : stamp };
  }
  if (age === 'too-fast') return ignored('it was sent within two seconds after it was opened');
  const { topics, ...rest } = choices.value;
  const chosen = { ...rest, topics: [...topics], address: address.address, page: pageVersion };
  const proven = one('proof') === proofOf(signing, stamp);
  const queued = await queueOnce({ chosen, papers, named, stamp, sourceIp, isProven: proven }, keys, now, deps);
  if (queued === 'spent') return { answer: 'refused', errors: { form: sentBefore }, stamp: fresh() };
  return queued === 'too-many' ? { answer: 'too-many' } : accepted;
}

type RequestMessage = Extract<SendNotice, { kind: 'answer-request' }>;

interface CheckedForm {
  readonly chosen: Omit<RequestMessage, 'kind' | 'requestedAt' | 'origin' | 'learned'>;
  /** As they were typed, and what they are. */
  readonly papers: string;
  readonly named: Extract<NamedExamples, { readonly ok: true }> | undefined;
  readonly stamp: string;
  readonly sourceIp: string | undefined;
  readonly isProven: boolean;
}

/**
 * Queues a request once for its stamp. The same form sent again, because an answer was lost, is the same message again, which
 * causes no second mail.
 */
async function queueOnce(
  { chosen, papers, named, stamp, ...sent }: CheckedForm,
  { identity }: Keys,
  now: Instant,
  { requests, enqueue, learning }: RequestSubscriptionDeps,
): Promise<'queued' | 'spent' | 'too-many'> {
  const form = createHmac('sha256', identity)
    .update(JSON.stringify({ ...chosen, papers }))
    .digest('base64url')
    .slice(0, 22);
  const used = await requests.useStamp(stampName(stamp), form, now);
  if (used.use !== 'granted') return used.use === 'spent' ? 'spent' : 'queued';
  const requestedAt = used.firstAt;
  const origin = originOf({ ...sent, address: chosen.address }, identity, requestedAt);
  if (used.isFirst && (await requests.count(origin, requestedAt)).networkToday > mostOfNetworkADay) return 'too-many';
  const wait = origin.lane === 'proven' ? 0 : unprovenWaitSeconds;
  const learned = named && { learned: [await askedTopic(named, requestedAt, learning)] };
  await enqueue([{ kind: 'answer-request', ...chosen, ...learned, requestedAt, origin }], wait);
  return 'queued';
}

async function askedTopic(
  { examples, notFound }: NonNullable<CheckedForm['named']>,
  at: Instant,
  { learn }: RequestSubscriptionDeps['learning'],
): Promise<AskedTopic> {
  const topic = freshTopic(nameOf(examples), examples);
  return packAsked({ place: 0, at }, { topic, notFound }, await learn(topic));
}

/** What tells one form's stamp from another's. */
export function newRandom({ randomToken }: Pick<RequestSubscriptionDeps, 'randomToken'>): string {
  return randomToken().slice(0, 12);
}
