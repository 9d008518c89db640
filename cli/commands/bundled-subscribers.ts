import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';

/** Four subscribers around the world, for a day without a subscribers file. */
export const bundledSubscribers: readonly SubscriberProfile[] = [
  {
    address: 'ada@example.org',
    timeZone: 'Europe/London',
    hour: 7,
    topics: [{ catalogueId: 'llm-serving' }, { catalogueId: 'test-time-compute' }],
    maxPapers: 10,
  },
  {
    address: 'bela@example.org',
    timeZone: 'America/New_York',
    hour: 8,
    topics: [{ catalogueId: 'diffusion' }, { catalogueId: 'vision-language' }],
    maxPapers: 5,
  },
  {
    address: 'chandra@example.org',
    timeZone: 'Asia/Kolkata',
    hour: 6,
    topics: [{ name: 'Agents', filter: 'agent OR "tool use" OR agentic' }],
    maxPapers: 10,
  },
  {
    address: 'dora@example.org',
    timeZone: 'Pacific/Auckland',
    hour: 7,
    topics: [{ name: 'Anything new in learning', filter: 'model OR learning OR network' }],
    maxPapers: 25,
  },
];
