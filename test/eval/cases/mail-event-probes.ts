import type { SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod/mini';
import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import { sesSender } from '../../../shared/mail/send/ses-sender.js';
import { aProfile, subscriberId } from '../../support/builders.js';
import { type CaseContext, isoTime, type ProbeKind, probeKind } from './probe-kind.js';
import { openTables, takeEvent } from './subscriber-tables.js';

const subscriber = subscriberId(1);

const sesEvent = z.looseObject({
  mail: z.looseObject({ timestamp: isoTime, messageId: z.string(), tags: z.optional(z.looseObject({})) }),
});

const sesProbe = z.object({
  daily: z.optional(z.boolean()),
  events: z.array(z.object({ times: z._default(z.number(), 1), event: sesEvent })),
});

/** Tells what SES says of an active subscriber's mails; with `daily`, each event is of another day's mail. */
async function answerEvents({ daily = false, events }: z.infer<typeof sesProbe>, context: CaseContext) {
  const { subscribers, consents } = await openTables(context);
  const first = Date.parse(events[0]?.event.mail.timestamp ?? '2026-08-07T05:16:00Z');
  await subscribers.put(subscriber, aProfile(), first - hourMs);
  let at = first;
  let day = 0;
  for (const { times, event } of events) {
    for (let time = 0; time < times; time += 1) {
      at = Date.parse(event.mail.timestamp) + day * dayMs;
      const messageId = daily ? `${event.mail.messageId}-${day}` : event.mail.messageId;
      const mail = { ...event.mail, messageId, timestamp: new Date(at).toISOString() };
      await takeEvent({ ...event, mail }, { subscriber, at }, { subscribers, consents });
      if (daily) day += 1;
    }
  }
  const journal = (await consents.of(subscriber)).map(({ event, cause }) => `${event}:${cause}`);
  return { status: await subscribers.statusOf(subscriber, at), journal };
}

const failureProbe = z.object({ name: z.string(), message: z.string(), status: z.optional(z.number()) });

/** Sends a mail by a client that answers with an error of the SDK. */
async function answerFailure({ name, message, status }: z.infer<typeof failureProbe>) {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } };
  const send = () => Promise.reject(Object.assign(new Error(message), { name, ...metadata }));
  const sender = sesSender({ send } as unknown as SESClient, { configurationSet: 'paperboy' });
  const answer = await sender.send(Buffer.from('mail'), 'reader@example.net', 'Paperboy <post@example.org>', {});
  return { failure: answer.kind };
}

/** What SES answers to a mail, and what it tells of it later. */
export const mailEventProbes: Readonly<Record<string, ProbeKind>> = {
  ses: probeKind(sesProbe, answerEvents),
  sesFailure: probeKind(failureProbe, answerFailure),
};
