import { createHash, createHmac } from 'node:crypto';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { type SigningKey, signToken, verifyToken } from '../../../shared/runtime/tokens.js';

/** Nobody reads the form and fills it in faster than this. */
const leastFillMs = 2000;

/** A form that was open for longer has to be sent again. */
const formLifeMs = dayMs;

export const formTooOld = 'This form was open for more than a day. Please send it again.';

/**
 * Says when a form was given out, and tells it from every other by `random` (base64url), signed: where a link names its
 * subscriber, a stamp has `<instant in base 36>-<random>`.
 */
export function stampForm(key: SigningKey, at: Instant, random: string): string {
  return signToken(key, 'form', { subscriber: `${at.toString(36)}-${random}`, issuedOn: Math.floor(at / dayMs) });
}

/** Stamps a form that somebody corrects: it has been filled in before, and the least time does not start again. */
export function stampCorrected(key: SigningKey, at: Instant, random: string): string {
  return stampForm(key, at - leastFillMs, random);
}

/** Judges a form by its stamp; one that is missing or not ours counts as too old: a person may send it again. */
export function judgeStamp(keys: readonly SigningKey[], stamp: string, now: Instant): 'good' | 'too-fast' | 'too-old' {
  const claims = verifyToken(keys, 'form', stamp, Math.floor(now / dayMs), 1);
  const [given = ''] = claims?.subscriber.split('-') ?? [];
  const age = given === '' ? Number.NaN : now - Number.parseInt(given, 36);
  if (!(age <= formLifeMs)) return 'too-old';
  return age < leastFillMs ? 'too-fast' : 'good';
}

/** What stands for a stamp where it is noted that it has served. */
export function stampName(stamp: string): string {
  return createHash('sha256').update(stamp).digest('base64url').slice(0, 22);
}

/**
 * One of so many numbers solves a form's challenge, each as likely as the next: half of them are tried on average, which takes
 * a phone of 2020 about a second.
 */
const proofNumbers = 40_000;

/** A challenge as altcha's solver takes it, in hexadecimal: which number hashes to the prefix? */
export interface Challenge {
  readonly nonce: string;
  readonly salt: string;
  readonly keyPrefix: string;
}

/** Follows from the stamp by our own key alone, so that it is as old, and serves as often, as the stamp does. */
function macOf(keys: readonly SigningKey[], stamp: string): Buffer | undefined {
  const key = keys.find(({ id }) => stamp.startsWith(`${id}.`));
  return key && createHmac('sha256', key.secret).update(`proof of work for ${stamp}`).digest();
}

/** The number that solves the challenge of a stamp. */
const numberIn = (mac: Buffer) => mac.readUInt32BE(0) % proofNumbers;

/** The challenge of a stamp's form; `undefined` for a stamp that is not ours. */
export function challengeOf(keys: readonly SigningKey[], stamp: string): Challenge | undefined {
  const mac = macOf(keys, stamp);
  if (!mac) return undefined;
  const [nonce, salt] = [mac.subarray(4, 16), mac.subarray(16, 32)];
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(numberIn(mac));
  const solved = createHash('sha256')
    .update(Buffer.concat([salt, nonce, counter]))
    .digest('hex');
  return { nonce: nonce.toString('hex'), salt: salt.toString('hex'), keyPrefix: solved.slice(0, 32) };
}

/** What the form of a stamp has to send as its proof of work; `undefined` for a stamp that is not ours. */
export function proofOf(keys: readonly SigningKey[], stamp: string): string | undefined {
  const mac = macOf(keys, stamp);
  return mac && String(numberIn(mac));
}
