import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod/mini';
import { eventSource } from '../contract/events.js';

/** Publishes an event of a known type on Paperboy's bus; throws when the bus did not take it. */
export function eventPublisher<Detail extends z.core.$ZodType>(
  client: EventBridgeClient,
  bus: string,
  event: { readonly type: string; readonly detail: Detail },
) {
  return async (detail: z.infer<Detail>): Promise<void> => {
    const entry = {
      EventBusName: bus,
      Source: eventSource,
      DetailType: event.type,
      Detail: JSON.stringify(z.parse(event.detail, detail)),
    };
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    const [result] = answer.Entries ?? [];
    if (!result?.EventId) throw new Error(`the bus refused ${event.type}: ${result?.ErrorCode ?? 'no answer'}`);
  };
}
