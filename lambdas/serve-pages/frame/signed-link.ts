import type { Context } from 'hono';
import { subscriberId } from '../../../shared/contract/ids.js';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { Keys } from '../../../shared/runtime/keys.js';
import { signToken, type TokenScope, verifyToken } from '../../../shared/runtime/tokens.js';

/** Links in mails open for a year. */
const tokenLifeDays = 365;

interface SignedLinkDeps {
  readonly keys: () => Promise<Keys>;
  readonly now: () => Instant;
}

/** The token in a request's address; empty when there is none. */
export function tokenOf(context: Context): string {
  return context.req.query('token') ?? '';
}

/** What the token in the address says; `undefined` when it opens nothing of this scope, or no longer. */
export async function claimsOf(
  context: Context,
  scope: TokenScope,
  { keys, now }: SignedLinkDeps,
  lifeDays = tokenLifeDays,
): Promise<{ readonly subscriber: SubscriberId; readonly issuedOn: number } | undefined> {
  const { signing } = await keys();
  const claims = verifyToken(signing, scope, tokenOf(context), Math.floor(now() / dayMs), lifeDays);
  const subscriber = subscriberId.safeParse(claims?.subscriber).data;
  return claims && subscriber && { subscriber, issuedOn: claims.issuedOn };
}

/** Whom the token in the address names, as `claimsOf` reads it. */
export async function holderOf(...asked: Parameters<typeof claimsOf>): Promise<SubscriberId | undefined> {
  return (await claimsOf(...asked))?.subscriber;
}

/** A fresh token that opens a subscriber's page. */
export async function tokenFor(
  subscriber: SubscriberId,
  scope: TokenScope,
  { keys, now }: SignedLinkDeps,
): Promise<string> {
  const { signing } = await keys();
  return signToken(signing[0], scope, { subscriber, issuedOn: Math.floor(now() / dayMs) });
}
