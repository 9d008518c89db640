import type { EventBridgeEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { logger } from './logger.js';

/** Handles events of one type: parses the detail and logs the outcome; a throw means that Lambda tries again. */
export function eventHandler<Detail extends z.core.$ZodType>(
  event: { readonly type: string; readonly detail: Detail },
  handle: (detail: z.infer<Detail>) => Promise<object>,
) {
  return async (envelope: EventBridgeEvent<string, unknown>): Promise<void> => {
    const detail = z.parse(event.detail, envelope.detail);
    logger.info(event.type, { ...(await handle(detail)) });
  };
}

/** Handles a scheduled call, or any event whose detail does not matter, and logs the outcome. */
export function tickHandler(name: string, handle: () => Promise<object>) {
  return async (_event: unknown): Promise<void> => {
    logger.info(name, { ...(await handle()) });
  };
}
