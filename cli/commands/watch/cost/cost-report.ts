import type { Instant } from '../../../../shared/domain/calendar-date.js';
import { forecastMonth, type MonthCost, measuredUse } from '../../../prices/forecast.js';
import { type OtherUse, type PricedUse, type PriceList, usdOf } from '../../../prices/prices.js';

/** What was used of one kind since the month began. */
export interface MonthUse {
  readonly kind: PricedUse | OtherUse;
  readonly units: number;
  /** Reckoned from other counts instead of measured. */
  readonly isEstimated: boolean;
}

/** What a month has used so far; `unknown` names what could not be read, and why. */
export interface MonthSoFar {
  /** Such as `2026-11`. */
  readonly month: string;
  readonly until: Instant;
  /** Digests that went out, by the ledger. */
  readonly digests: number;
  readonly use: readonly MonthUse[];
  readonly unknown: readonly string[];
}

interface CostItem {
  readonly what: string;
  readonly units: number;
  readonly usd: number;
  readonly estimated: boolean;
}

/** The answer of `cost` as JSON; a sum of money is in US dollars of the price list. */
interface CostReport {
  readonly month: string;
  readonly until: string;
  readonly digests: number;
  readonly items: readonly CostItem[];
  readonly usd: number;
  /** US dollars of a thousand mails so far, SES and what stands anyway apart; `null` before the first mail. */
  readonly perThousand: number | null;
  readonly ses: { readonly mails: number; readonly usd: number };
  /** A month with so many subscribers, each with a mail every day. */
  readonly forecast: Readonly<Record<'1k' | '100k' | '1M', MonthCost>>;
  readonly prices: { readonly region: string; readonly asOf: string };
  readonly measuredOn: string;
  readonly unknown: readonly string[];
}

const names: Readonly<Record<Exclude<PricedUse | OtherUse, 'sesMails' | 'serviceEvents'>, string>> = {
  dynamoWriteUnits: 'DynamoDB write units',
  dynamoReadUnits: 'DynamoDB read units',
  sqsRequests: 'SQS requests',
  lambdaRequests: 'Lambda invocations',
  lambdaGbSeconds: 'Lambda GB-seconds',
  logGigabytes: 'GB of logs',
  secretReads: 'Secrets Manager calls',
  apiRequests: 'requests to the pages',
  storedGigabytes: 'GB kept in tables for a month',
  alarmMetrics: 'metrics in alarms, for a month',
  customMetrics: "Paperboy's own metrics, for a month",
  secrets: 'secrets, for a month',
};

/** What is paid whether or not anybody gets mail. */
const standing: readonly string[] = ['storedGigabytes', 'alarmMetrics', 'customMetrics', 'secrets'];

/** Prices a month's use, and says what a month with more subscribers would cost. */
export function costReport(soFar: MonthSoFar, prices: PriceList): CostReport {
  const { month, until, digests, use, unknown } = soFar;
  const priced = (Object.keys(names) as (keyof typeof names)[]).flatMap((kind) => {
    const found = use.filter((each) => each.kind === kind);
    if (found.length === 0) return [];
    const units = found.reduce((sum, each) => sum + each.units, 0);
    const estimated = found.some(({ isEstimated }) => isEstimated);
    return [
      { kind, item: { what: names[kind], units: rounded(units), usd: cents(usdOf(kind, units, prices)), estimated } },
    ];
  });
  const sum = (some: typeof priced) => cents(some.reduce((total, { item }) => total + item.usd, 0));
  const moving = sum(priced.filter(({ kind }) => !standing.includes(kind)));
  const { region, asOf } = prices;
  return {
    month,
    until: new Date(until).toISOString(),
    digests,
    items: priced.map(({ item }) => item),
    usd: sum(priced),
    perThousand: digests === 0 ? null : cents((moving / digests) * 1000),
    ses: { mails: digests, usd: cents(usdOf('sesMails', digests, prices)) },
    forecast: { '1k': forecast(1e3, prices), '100k': forecast(1e5, prices), '1M': forecast(1e6, prices) },
    prices: { region, asOf },
    measuredOn: measuredUse.asOf,
    unknown,
  };
}

function forecast(subscribers: number, prices: PriceList): MonthCost {
  const { usd, sesUsd } = forecastMonth(subscribers, prices);
  return { usd: Number(usd.toFixed(2)), sesUsd: Number(sesUsd.toFixed(2)) };
}

/** Without the noise of sums: a thousand mails cost parts of a cent. */
const cents = (usd: number) => Number(usd.toPrecision(6));
const rounded = (units: number) => (units >= 100 ? Math.round(units) : Number(units.toPrecision(3)));

/** The report as lines: what is estimated is marked. */
export function describeCost(report: CostReport): string {
  const { month, until, digests, items, usd, perThousand, ses, forecast, prices, measuredOn, unknown } = report;
  const width = Math.max(...items.map(({ what }) => what.length), 'in all'.length);
  const line = (what: string, units: string, dollars: number, mark = '') =>
    `  ${what.padEnd(width)}  ${units.padStart(14)}  ${money(dollars).padStart(10)} $${mark}`;
  const months = Object.entries(forecast).map(
    ([subscribers, cost]) =>
      `  ${subscribers.padStart(4)} subscribers  ${money(cost.usd).padStart(9)} $  and ${money(cost.sesUsd)} $ to SES`,
  );
  return [
    `${month}, until ${until.slice(0, 16).replace('T', ' ')} UTC: ${digests.toLocaleString('en-US')} ${digests === 1 ? 'digest' : 'digests'} sent, by the ledger`,
    '',
    ...items.map(({ what, units, usd: dollars, estimated }) =>
      line(what, units.toLocaleString('en-US'), dollars, estimated ? '  estimated' : ''),
    ),
    line('in all', '', usd),
    '',
    perThousand === null
      ? 'No mail was sent yet this month.'
      : `${money(perThousand)} $ a thousand digests, without what stands anyway; SES takes ${money(ses.usd)} $ more for all of them.`,
    '',
    'A month with a mail every day would cost about',
    ...months,
    '',
    `Prices are those of ${prices.region} on ${prices.asOf}, free tiers apart. The forecast is estimated from what a million`,
    `mails were measured to use on ${measuredOn}, and from what stands. Notices, visitors' pages and data out are not in it.`,
    ...unknown.map((what) => `? could not be read: ${what}`),
    '',
  ].join('\n');
}

const money = (usd: number) =>
  usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: usd < 1 ? 4 : 2 });
