import * as z from 'zod/mini';
import usEast1 from './us-east-1.json';

/** What the functions use and AWS charges for; data out of it is not here. */
const names = [
  'dynamoWriteUnits',
  'dynamoReadUnits',
  'sqsRequests',
  'lambdaGbSeconds',
  'lambdaRequests',
  'logGigabytes',
  'serviceEvents',
  'secretReads',
] as const;
export type PricedUse = (typeof names)[number];

/** What is paid for beside what the functions use: whether or not anything happens, by the visitor, and to SES. */
const otherNames = ['alarmMetrics', 'customMetrics', 'secrets', 'storedGigabytes', 'apiRequests', 'sesMails'] as const;
export type OtherUse = (typeof otherNames)[number];

const price = z.strictObject({
  usd: z.number().check(z.minimum(0)),
  per: z.number().check(z.positive()),
  unit: z.string(),
  source: z.url(),
});

const priceList = z.strictObject({
  region: z.string(),
  currency: z.literal('USD'),
  asOf: z.iso.date(),
  prices: z.record(z.enum(names), price),
  others: z.record(z.enum(otherNames), price),
});
export type PriceList = z.infer<typeof priceList>;

/** The list prices of us-east-1 with the day on which they were read, free tiers aside; throws for a malformed file. */
export function readPrices(text: unknown = usEast1): PriceList {
  return z.parse(priceList, text);
}

/** What was used, in US dollars, each kind by itself. */
export function costOf(used: Readonly<Record<PricedUse, number>>, list: PriceList): Record<PricedUse, number> {
  const each = names.map((name) => [name, usdOf(name, used[name], list)]);
  return Object.fromEntries(each) as Record<PricedUse, number>;
}

/** What was used of one kind, in US dollars. */
export function usdOf(name: PricedUse | OtherUse, units: number, { prices, others }: PriceList): number {
  const { usd, per } = { ...prices, ...others }[name];
  return (units * usd) / per;
}
