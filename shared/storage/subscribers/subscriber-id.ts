import { createHmac } from 'node:crypto';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';

/** HMAC-SHA-256 of the canonical address, base64url, cut to 22 characters (132 bits); the key must never change. */
export function subscriberIdOf(canonicalAddress: string, identityKey: Buffer): SubscriberId {
  return createHmac('sha256', identityKey)
    .update(canonicalAddress, 'utf8')
    .digest('base64url')
    .slice(0, 22) as SubscriberId;
}
