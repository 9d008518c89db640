import type { Consent } from '../../shared/domain/subscriber/consent.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';

/** The consent journal in memory, with the same rules as the one in DynamoDB. */
export function fakeConsentRepository(): ConsentRepository {
  const entries = new Map<string, Consent>();
  const keyOf = ({ subscriber, at, event }: Consent) => `${subscriber} ${new Date(at).toISOString()}#${event}`;

  return {
    async append(consent) {
      if (!entries.has(keyOf(consent))) entries.set(keyOf(consent), { ...consent });
    },
    async of(subscriber) {
      const found = [...entries].filter(([, consent]) => consent.subscriber === subscriber);
      return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, consent]) => consent);
    },
  };
}
