import * as z from 'zod/mini';
import usEast1 from './us-east-1.json';

/** What AWS charges for, as far as Paperboy uses it; SES's own price and data out of it are not here. */
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
});
type PriceList = z.infer<typeof priceList>;

/** The list prices of us-east-1 with the day on which they were read, free tiers aside; throws for a malformed file. */
export function readPrices(text: unknown = usEast1): PriceList {
  return z.parse(priceList, text);
}

/** What was used, in US dollars, each kind by itself. */
export function costOf(used: Readonly<Record<PricedUse, number>>, { prices }: PriceList): Record<PricedUse, number> {
  const each = names.map((name) => [name, (used[name] * prices[name].usd) / prices[name].per]);
  return Object.fromEntries(each) as Record<PricedUse, number>;
}
