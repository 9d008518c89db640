import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { answerRequest } from '../../../lambdas/send-notice/answer-request.js';
import { noticeMailer } from '../../../lambdas/send-notice/notice-mailer.js';
import { dayMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import { signToken } from '../../../shared/runtime/tokens.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import { aProfile, instant, subscriberId } from '../../support/builders.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { memoryRequests } from '../../support/memory-requests.js';
import { openPages } from './opened-pages.js';
import { type CaseContext, CaseError, isoTime, type ProbeKind, probeKind } from './probe-kind.js';
import { keys, type SubscriberTables, takeEvent } from './subscriber-tables.js';

const noon = instant('2026-08-07T12:00');
const subscriber = subscriberId(1);

async function answerConfirm(times: number, context: CaseContext) {
  const { app, subscribers, consents } = await openPages(context, { now: noon });
  const random = 'q'.repeat(43);
  const tokenHash = createHash('sha256').update(random).digest('hex');
  await subscribers.request(subscriber, aProfile(), { tokenHash, expiresAt: noon + dayMs }, noon - minuteMs);
  const answers: object[] = [];
  for (let time = 0; time < times; time += 1) {
    const response = await app.request(`/confirm?token=${subscriber}.${random}`, { method: 'POST' });
    answers.push({ status: response.status, reassures: /subscribed/i.test(await response.text()) });
  }
  const journal = (await consents.of(subscriber)).map(({ event }) => event);
  return { answers, status: await subscribers.statusOf(subscriber, noon), journal };
}

const unsubscribeProbe = z.object({
  headers: z.optional(z.record(z.string(), z.string())),
  body: z.optional(z.string()),
  suffix: z.optional(z.string()),
});

async function answerUnsubscribe(
  { headers = {}, body, suffix = '' }: z.infer<typeof unsubscribeProbe>,
  context: CaseContext,
) {
  const { app, subscribers } = await openPages(context, { now: noon });
  await subscribers.put(subscriber, aProfile(), noon - dayMs);
  const token = signToken(keys.signing[0], 'unsubscribe', { subscriber, issuedOn: Math.floor(noon / dayMs) });
  const request = { method: 'POST', headers, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
  const { status } = await app.request(`/unsubscribe?token=${token}${suffix}`, request);
  return { code: status, status: await subscribers.statusOf(subscriber, noon) };
}

const signupsProbe = z.object({
  suppressed: z.optional(z.union([z.boolean(), z.enum(['bounce', 'complaint'])])),
  requests: z.array(z.object({ at: isoTime, address: z._default(z.string(), 'reader@example.net') })),
});

/** An address whose subscriber was suppressed long enough ago, by what SES told of a mail. */
async function suppress(
  address: string,
  { by, at }: { readonly by: 'bounce' | 'complaint'; readonly at: Instant },
  tables: SubscriberTables,
) {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new CaseError(`signups: ${parsed.message}`);
  const id = subscriberIdOf(parsed.canonical, keys.identity);
  await tables.subscribers.put(id, aProfile({ address: parsed.address }), at - dayMs);
  const recipient = { emailAddress: parsed.address };
  const told = {
    bounce: {
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ ...recipient, action: 'failed', status: '5.1.1' }],
      },
    },
    complaint: { eventType: 'Complaint', complaint: { complainedRecipients: [recipient] } },
  };
  const mail = { timestamp: new Date(at).toISOString(), messageId: 'm-0', destination: [parsed.address] };
  await takeEvent({ ...told[by], mail }, { subscriber: id, at }, tables);
}

/** Sends the form for each request, and answers what it queues before the next one comes. */
async function answerSignups({ suppressed = false, requests }: z.infer<typeof signupsProbe>, context: CaseContext) {
  const times = requests.map(({ at }) => Date.parse(at));
  const clock = { now: times[0] ?? noon };
  const { app, queue, ...tables } = await openPages(context, clock);
  if (suppressed !== false && requests[0]) {
    const by = suppressed === true ? 'bounce' : suppressed;
    await suppress(requests[0].address, { by, at: clock.now - 40 * dayMs }, tables);
  }
  const answer = answering(tables, clock);
  const outcomes: string[] = [];
  for (const [index, { address }] of requests.entries()) {
    const at = times[index] ?? noon;
    clock.now = at - minuteMs;
    const stamp = /name="stamp" value="([^"]*)"/.exec(await (await app.request('/')).text())?.[1] ?? '';
    clock.now = at;
    const fields = { stamp, address, filter: 'maps', filterName: '', hour: '7', timezone: 'UTC', maxPapers: '10' };
    const response = await app.request('/subscribe', { method: 'POST', body: new URLSearchParams(fields) });
    if (response.status !== 303) outcomes.push('refused');
    for (const notice of queue.splice(0)) {
      if (notice.kind === 'answer-request') outcomes.push((await answerRequest(notice, answer.deps)).outcome);
    }
  }
  const page = await (await app.request('/check-inbox')).text();
  return { mails: answer.mails(), outcomes, pageSays24Hours: /24 hours/.test(page) };
}

function answering({ subscribers, signups, consents }: SubscriberTables, clock: { readonly now: Instant }) {
  const topics = fakeLearnedTopics();
  let mails = 0;
  let random = 0;
  const send = async () => {
    mails += 1;
    return { kind: 'accepted', messageId: `m-${mails}` } as const;
  };
  const mail = {
    sender: { send },
    keys: async () => keys,
    from: 'Paperboy <post@example.org>',
    postalAddress: '1 Reed Lane',
    pagesUrl: 'https://pages.example.org',
    sleep: async () => undefined,
    warn: () => undefined,
  };
  const deps = {
    subscribers,
    topics,
    signups,
    requests: memoryRequests(),
    consents,
    keys: mail.keys,
    catalogue: [],
    quota: async () => ({ perSecond: 14, per24Hours: 50_000, sentLast24Hours: 0 }),
    mayAskStrangers: async () => true,
    tally: { note: () => undefined },
    mailNotice: noticeMailer(mail),
    requeue: async () => undefined,
    random: () => {
      random += 1;
      return String(random).padStart(43, 'q');
    },
    warn: mail.warn,
    now: () => clock.now,
  };
  return { deps, mails: () => mails };
}

/** What people and mail programs do on the pages. */
export const pageProbes: Readonly<Record<string, ProbeKind>> = {
  confirm: probeKind(z.object({ times: z.number() }), ({ times }, context) => answerConfirm(times, context)),
  unsubscribe: probeKind(unsubscribeProbe, answerUnsubscribe),
  signups: probeKind(signupsProbe, answerSignups),
};
