import { type Instant, minuteMs } from '../domain/calendar-date.js';
import type { SendQuota } from '../mail/send/ses-sender.js';

/** Reads the quota at most once a minute: SES answers that question once a second for the whole account. */
export function rememberedQuota(read: () => Promise<SendQuota>, now: () => Instant): () => Promise<SendQuota> {
  let known: { readonly quota: SendQuota; readonly at: Instant } | undefined;
  return async () => {
    if (!known || now() - known.at >= minuteMs) known = { quota: await read(), at: now() };
    return known.quota;
  };
}
