import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { RequestOrigin } from '../../../shared/contract/messages.js';
import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { isLargeProvider } from '../../../shared/domain/subscriber/sign-up/mail-providers.js';

/** The network of an address: the /24 of an IPv4 address, the /48 of an IPv6 address; of none, all are one network. */
export function networkOf(sourceIp: string | undefined): string {
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
  const dayKey = createHmac('sha256', identityKey)
    .update(`origins of ${dateOf(at)}`)
    .digest();
  const hashed = (text: string) => createHmac('sha256', dayKey).update(text).digest('base64url').slice(0, 22);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return {
    lane: isProven ? 'proven' : 'unproven',
    network: hashed(`network ${networkOf(sourceIp)}`),
    ...(!isLargeProvider(domain) && { domain: hashed(`domain ${domain}`) }),
  };
}
