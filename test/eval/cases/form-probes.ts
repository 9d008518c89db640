import * as z from 'zod/mini';
import { requestSubscription } from '../../../lambdas/serve-pages/subscribe/request-subscription.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { type CalendarDate, dayMs, hourMs, parseCalendarDate } from '../../../shared/domain/calendar-date.js';
import { dueAt, slotOf } from '../../../shared/domain/subscriber/slot.js';
import { timeZoneOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { signToken } from '../../../shared/runtime/tokens.js';
import { instant } from '../../support/builders.js';
import { memoryRequests } from '../../support/memory-requests.js';
import { openPages, zoneField } from './opened-pages.js';
import { type CaseContext, type ProbeKind, probeKind } from './probe-kind.js';
import { keys } from './subscriber-tables.js';

const now = instant('2026-08-07T12:00');
const publishHour = 5;

/** The form is sent without papers. */
const noLearning = {
  named: { papers: { descriptions: async () => [] }, archive: async () => undefined },
  learning: { learn: async () => new Uint8Array() },
};

/** Sends the form with an address, everything else in order, and looks whom the request behind it names. */
async function answerAddress(address: string) {
  const queue: SendNotice[] = [];
  const claims = { subscriber: (now - hourMs).toString(36), issuedOn: Math.floor(now / dayMs) };
  const stamp = signToken(keys.signing[0], 'form', claims);
  const fields = { stamp, address, filter: 'maps', filterName: '', hour: '7', timezone: 'UTC', maxPapers: '10' };
  const result = await requestSubscription(
    { fields, sourceIp: undefined },
    {
      requests: memoryRequests(),
      randomToken: () => 'r'.repeat(43),
      ...noLearning,
      enqueue: async (notices) => void queue.push(...notices),
      keys: async () => keys,
      catalogue: [],
      groups: [],
      categories: [],
      warn: () => undefined,
      now: () => now,
    },
  );
  if (result.answer === 'refused') return { ok: false, message: Object.values(result.errors)[0] };
  const [request] = queue;
  return request?.kind === 'answer-request' ? { ok: true, address: request.address } : { ok: false };
}

async function answerZones(offered: readonly string[], context: CaseContext) {
  const { app } = await openPages(context, { now });
  const field = zoneField(await (await app.request('/')).text());
  return { offered: Object.fromEntries(offered.map((zone) => [zone, field.includes(`<option value="${zone}"`)])) };
}

/** Sends a form that lacks its address, which is shown again with the zone that was chosen. */
async function answerZoneShown(chosen: string, context: CaseContext) {
  const { app } = await openPages(context, { now });
  const body = new URLSearchParams({ timezone: chosen, address: '', hour: '7', maxPapers: '10' });
  const field = zoneField(await (await app.request('/subscribe', { method: 'POST', body })).text());
  return { shown: /<option[^>]*\bselected\b[^>]*>([^<]*)</.exec(field)?.[1] };
}

const calendarDate = z.pipe(
  z.string().check(z.refine((text) => parseCalendarDate(text) !== undefined)),
  z.transform((text: string) => text as CalendarDate),
);
const dueProbe = z.object({ zone: z.string(), hour: z.number(), editions: z.array(calendarDate) });

function answerDue({ zone, hour, editions }: z.infer<typeof dueProbe>) {
  const slot = slotOf(timeZoneOf(zone) ?? zone, hour);
  return { due: editions.map((edition) => new Date(dueAt(slot, edition, publishHour) ?? Number.NaN).toISOString()) };
}

/** What people type and choose on the form, and when their mail comes. */
export const formProbes: Readonly<Record<string, ProbeKind>> = {
  address: probeKind(z.object({ text: z.string() }), ({ text }) => answerAddress(text)),
  zones: probeKind(z.object({ offered: z.array(z.string()) }), ({ offered }, context) => answerZones(offered, context)),
  zoneShown: probeKind(z.object({ chosen: z.string() }), ({ chosen }, context) => answerZoneShown(chosen, context)),
  due: probeKind(dueProbe, answerDue),
};
