/** How long `Retry-After` asks to wait, in milliseconds: it gives seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  // The server's own clock, where it tells it: ours may differ.
  const sentAt = Date.parse(headers.get('date') ?? '');
  return Math.max(0, until - (Number.isNaN(sentAt) ? Date.now() : sentAt));
}

function parameter(member: string, name: string): number | undefined {
  const found = new RegExp(`;\\s*${name}=(\\d{1,9})(?:\\s*;|\\s*$)`).exec(member);
  return found ? Number(found[1]) : undefined;
}

/**
 * How long to rest before the next request, in milliseconds, because `RateLimit` says that none remains: until its
 * reset `t`, or the window `w` of `RateLimit-Policy`. Format: https://huggingface.co/docs/hub/rate-limits
 */
export function restMs(headers: Headers): number {
  const windows = (headers.get('ratelimit-policy') ?? '').split(',').map((member) => parameter(member, 'w') ?? 0);
  const rests = (headers.get('ratelimit') ?? '')
    .split(',')
    .filter((member) => parameter(member, 'r') === 0)
    .map((member) => parameter(member, 't') ?? Math.max(...windows));
  return Math.max(0, ...rests) * 1000;
}
