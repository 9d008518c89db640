import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { RequestOrigin } from '../../../shared/contract/messages.js';
import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { isLargeProvider } from '../../../shared/domain/subscriber/sign-up/mail-providers.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';

/** The network of an address: the /24 of an IPv4 address, the /48 of an IPv6 address; of none, all are one network. */
function networkOf(sourceIp: string | undefined): string {
  if (sourceIp === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(sourceIp)?.[1] ?? sourceIp;
  if (!isIPv6(mapped)) return mapped.split('.').slice(0, 3).join('.');
  const [head = ''] = mapped.split('::');
  const groups = head === '' ? [] : head.split(':');
  return [0, 1, 2].map((place) => Number.parseInt(groups[place] ?? '0', 16).toString(16)).join(':');
}

/**
 * Where a request comes from, without anything of it: the network of its sender and the domain of its address are hashed with
 * a key that changes every day (UTC), so that nothing ties one day's requests to another's.
 */
export function originOf(
  { sourceIp, address, isProven }: { readonly sourceIp: string | undefined; address: string; isProven: boolean },
  identityKey: Buffer,
  at: Instant,
): RequestOrigin {
  const lane = isProven ? 'proven' : 'unproven';
  return { lane, ...hashedOrigin(`network ${networkOf(sourceIp)}`, address, identityKey, at) };
}

/**
 * The same of a subscriber who wants another address: all that they ask for is one network's, wherever they are. The link that
 * was mailed to them is their proof.
 */
export function originOfHolder(
  { holder, address }: { readonly holder: SubscriberId; readonly address: string },
  identityKey: Buffer,
  at: Instant,
): RequestOrigin {
  return { lane: 'proven', ...hashedOrigin(`subscriber ${holder}`, address, identityKey, at) };
}

function hashedOrigin(network: string, address: string, identityKey: Buffer, at: Instant): Omit<RequestOrigin, 'lane'> {
  const dayKey = createHmac('sha256', identityKey)
    .update(`origins of ${dateOf(at)}`)
    .digest();
  const hashed = (text: string) => createHmac('sha256', dayKey).update(text).digest('base64url').slice(0, 22);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return { network: hashed(network), ...(!isLargeProvider(domain) && { domain: hashed(`domain ${domain}`) }) };
}
