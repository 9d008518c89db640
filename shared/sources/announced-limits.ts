/** How long `Retry-After` asks us to wait, in milliseconds; it holds seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : msUntil(until, headers);
}

function msUntil(instant: number, headers: Headers): number {
  // By the server's own clock, when it sends one: ours may differ.
  const sentAt = Date.parse(headers.get('date') ?? '');
  return Math.max(0, instant - (Number.isNaN(sentAt) ? Date.now() : sentAt));
}

function parameter(member: string, name: string): number | undefined {
  const found = new RegExp(`;\\s*${name}=(\\d{1,9})(?:\\s*;|\\s*$)`).exec(member);
  return found ? Number(found[1]) : undefined;
}

/**
 * How long to rest before the next request, in milliseconds, when none remains: by `RateLimit` until its reset `t`, or
 * the window `w` of `RateLimit-Policy` (https://huggingface.co/docs/hub/rate-limits); by `X-RateLimit-Remaining` until
 * `X-RateLimit-Reset`, in epoch seconds
 * (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
 */
export function restMs(headers: Headers): number {
  const windows = (headers.get('ratelimit-policy') ?? '').split(',').map((member) => parameter(member, 'w') ?? 0);
  const rests = (headers.get('ratelimit') ?? '')
    .split(',')
    .filter((member) => parameter(member, 'r') === 0)
    .map((member) => parameter(member, 't') ?? Math.max(...windows));
  return Math.max(0, ...rests.map((seconds) => seconds * 1000), gitHubRestMs(headers));
}

function gitHubRestMs(headers: Headers): number {
  const reset = headers.get('x-ratelimit-reset') ?? '';
  return headers.get('x-ratelimit-remaining') === '0' && /^\d{10,11}$/.test(reset)
    ? msUntil(Number(reset) * 1000, headers)
    : 0;
}
