import type { EventBridgeEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from './logger.js';

type Envelope = EventBridgeEvent<string, unknown>;

/** What handles the events of one type. */
interface EventTaker {
  readonly type: string;
  readonly take: (envelope: Envelope) => Promise<void>;
}

/** Handles events of one type: parses the detail and logs the outcome; a throw means that Lambda tries again. */
export function on<Detail extends z.core.$ZodType>(
  event: { readonly type: string; readonly detail: Detail },
  handle: (detail: z.infer<Detail>) => Promise<object>,
): EventTaker {
  return {
    type: event.type,
    async take(envelope) {
      const detail = z.parse(event.detail, envelope.detail);
      logger.info(event.type, { ...(await handle(detail)) });
    },
  };
}

/** Handles the events of some types; throws on one of another. */
export function eventHandler(...takers: readonly EventTaker[]) {
  return async (envelope: Envelope): Promise<void> => {
    const taker = takers.find(({ type }) => type === envelope['detail-type']);
    if (!taker) throw new Error(`nobody here takes an event ${envelope['detail-type']}`);
    await taker.take(envelope);
  };
}

/** Handles a scheduled call, or any event whose detail does not matter, and logs the outcome. */
export function tickHandler(name: string, handle: () => Promise<object>) {
  return async (_event: unknown): Promise<void> => {
    logger.info(name, { ...(await handle()) });
  };
}
