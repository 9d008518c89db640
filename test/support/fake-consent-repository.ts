import { type Consent, inOrder } from '../../shared/domain/subscriber/consent.js';
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
      return inOrder([...entries.values()].filter((consent) => consent.subscriber === subscriber));
    },
  };
}
