import { type FetchLimits, type FetchText, politeFetch } from '../../shared/sources/polite-fetch.js';

/**
 * A polite fetch whose waits take no time; `waits` holds them, in milliseconds. Chance always gives its smallest
 * number.
 */
export function testFetch(limits: Partial<FetchLimits> = {}): { fetchText: FetchText; waits: number[] } {
  const waits: number[] = [];
  const fetchText = politeFetch({
    contact: 'admin@example.org',
    fetch,
    sleep: async (ms) => void waits.push(ms),
    random: () => 0,
    limits,
  });
  return { fetchText, waits };
}
