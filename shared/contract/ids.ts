import * as z from 'zod/mini';
import { type CalendarDate, parseCalendarDate } from '../domain/calendar-date.js';
import { type PaperId, parsePaperId } from '../domain/paper/paper-id.js';
import { type DeliveryDays, parseDeliveryDays } from '../domain/subscriber/slot/delivery-days.js';
import { isSlot, type Slot } from '../domain/subscriber/slot.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';

const textThat = <Id extends string>(fits: (text: string) => boolean) =>
  z.custom<Id>((value) => typeof value === 'string' && fits(value));

/** A day that exists, `YYYY-MM-DD`. */
export const calendarDate = textThat<CalendarDate>((text) => parseCalendarDate(text) !== undefined);

/** An arXiv id without version. */
export const paperId = textThat<PaperId>((text) => parsePaperId(text)?.id === text);

/** `<time zone>@<hour from 00 to 23>`, with `/<days>` unless those are all; whether the zone exists is not asked. */
export const slot = textThat<Slot>(isSlot);

/** Days of delivery, such as `12345` or `w5`. */
export const deliveryDays = textThat<DeliveryDays>((text) => parseDeliveryDays(text) !== undefined);

/** 22 characters of base64url. */
export const subscriberId = textThat<SubscriberId>((text) => /^[A-Za-z0-9_-]{22}$/.test(text));
