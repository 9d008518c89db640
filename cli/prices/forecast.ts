import measured from './measured-use.json';
import { costOf, type OtherUse, type PricedUse, type PriceList, usdOf } from './prices.js';

/** What was measured and estimated of Paperboy's use, with the day and how: a bench compares it with what it measures. */
export const measuredUse: {
  readonly asOf: string;
  readonly how: string;
  readonly perMillionMails: Readonly<Record<PricedUse, number>>;
  readonly standingAMonth: {
    readonly how: string;
    readonly use: Readonly<Record<PricedUse, number>>;
    readonly others: Readonly<Record<OtherUse, number>>;
  };
  readonly storedBytesASubscriber: number;
} = measured;

/** A month of digests every day. */
const mailsAMonth = 30;

/** What a month costs, in US dollars: besides SES, and to SES. */
export interface MonthCost {
  readonly usd: number;
  readonly sesUsd: number;
}

/**
 * What a month would cost with so many subscribers who get a mail every day: what stands, what is kept of each, and what a
 * million mails were measured to use.
 */
export function forecastMonth(subscribers: number, prices: PriceList): MonthCost {
  const { perMillionMails, standingAMonth, storedBytesASubscriber } = measuredUse;
  const mails = subscribers * mailsAMonth;
  const others = Object.entries(standingAMonth.others) as [OtherUse, number][];
  const standing =
    total(costOf(standingAMonth.use, prices)) + sum(others.map(([name, units]) => usdOf(name, units, prices)));
  const kept = usdOf('storedGigabytes', (subscribers * storedBytesASubscriber) / 1e9, prices);
  const usd = standing + kept + (total(costOf(perMillionMails, prices)) * mails) / 1e6;
  return { usd, sesUsd: usdOf('sesMails', mails, prices) };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const total = (each: Readonly<Record<string, number>>) => sum(Object.values(each));
