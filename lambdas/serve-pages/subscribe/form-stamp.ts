import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { SigningKey } from '../../../shared/runtime/tokens.js';
import { signToken, verifyToken } from '../../../shared/runtime/tokens.js';

/** Nobody reads the form and fills it in faster than this. */
export const leastFillMs = 2000;

/** A form that was open for longer is asked for again. */
const formLifeMs = dayMs;

/** Says when a form was given out, signed: base 36 of the instant stands where a link names its subscriber. */
export function stampForm(key: SigningKey, at: Instant): string {
  return signToken(key, 'form', { subscriber: at.toString(36), issuedOn: Math.floor(at / dayMs) });
}

/** Judges a form by its stamp; one that is missing or not ours counts as too old: a person may send it again. */
export function judgeStamp(keys: readonly SigningKey[], stamp: string, now: Instant): 'good' | 'too-fast' | 'too-old' {
  const claims = verifyToken(keys, 'form', stamp, Math.floor(now / dayMs), 1);
  const age = claims ? now - Number.parseInt(claims.subscriber, 36) : Number.NaN;
  if (!(age <= formLifeMs)) return 'too-old';
  return age < leastFillMs ? 'too-fast' : 'good';
}
