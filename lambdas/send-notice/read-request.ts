import type { SendNotice } from '../../shared/contract/messages.js';
import { parseAddress } from '../../shared/domain/subscriber/mail-address.js';
import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { parseChoices } from '../../shared/domain/subscriber/subscription-form.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';

/** The message behind a request on the form. */
export type RequestMessage = Extract<SendNotice, { kind: 'answer-request' }>;

/** A request as the form lets it through; `canonical` is for identity and limits only. */
export interface SubscriptionRequest {
  readonly canonical: string;
  readonly profile: SubscriberProfile;
}

/** Reads a message by the form's own rules; otherwise the names of its wrong fields, free of what stands in them. */
export function readRequest(
  { address: text, timeZone, hour, topics, maxPapers }: RequestMessage,
  catalogue: readonly Topic[],
): SubscriptionRequest | { readonly wrong: readonly string[] } {
  const own = topics.flatMap((topic) => ('filter' in topic ? [topic] : []));
  const fields = {
    topic: topics.flatMap((topic) => ('catalogueId' in topic ? [topic.catalogueId] : [])),
    filter: own.map(({ filter }) => filter),
    filterName: own.map(({ name }) => name),
    hour: String(hour),
    timezone: timeZone,
    maxPapers: String(maxPapers),
  };
  const address = parseAddress(text);
  const choices = parseChoices(fields, catalogue);
  if (address.ok && choices.ok) {
    return { canonical: address.canonical, profile: { ...choices.value, address: address.address } };
  }
  return { wrong: [...(address.ok ? [] : ['address']), ...(choices.ok ? [] : Object.keys(choices.errors))] };
}
