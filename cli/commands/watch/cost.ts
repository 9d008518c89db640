import type { Command, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { readPrices } from '../../prices/prices.js';
import { costReport, describeCost, type MonthSoFar } from './cost/cost-report.js';
import { type Month, monthUntil, useAsDeployed } from './cost/month.js';

/** Says what this month has cost so far, and what one with more subscribers would. */
export const cost: Command = {
  name: 'cost',
  summary:
    'shows what this month has cost so far, and what 1,000, 100,000 and a million subscribers would cost, SES excluded',
  place: 'house',
  more: `Digests are counted from the ledger. The usage of a deployed stack comes from CloudWatch; that of a folder is estimated from its
digests, as if an AWS account had sent them. Prices are dated list prices of us-east-1 without free tiers: the bill in the AWS
console is what counts. Anything that could not be read is named, and the exit code is then 1.`,
  async run({ place }, io) {
    const soFar = await withOperator(place, (operator) => monthSoFar(operator, io));
    const report = costReport(soFar, readPrices());
    io.out(describeCost(report));
    io.json(report);
    if (soFar.unknown.length > 0) io.exitWith(1);
  },
};

async function monthSoFar(operator: Operator, io: Io): Promise<MonthSoFar> {
  const month = monthUntil(operator.now());
  const digests = await digestsIn(month, operator, io);
  const { use, unknown } = await useIn(month, digests, operator);
  return { month: month.name, until: month.until, digests, use, unknown };
}

async function digestsIn({ days }: Month, { runs }: Operator, { progress }: Io): Promise<number> {
  const bar = progress('Reading the ledger, by days', days.length);
  let digests = 0;
  try {
    for (const date of days) {
      const { sent, 'quiet-noted': stillHere } = await runs.balance(date);
      digests += sent + stillHere;
      bar.step();
    }
  } finally {
    bar.end();
  }
  return digests;
}

/** Loaded when it is needed: whoever looks at a folder asks no service of AWS. */
async function useIn(month: Month, digests: number, { house, name, clients }: Operator) {
  if (house) return { use: useAsDeployed(digests), unknown: [] };
  const { stackResources } = await import('../../house/stack-resources.js');
  const { deployedUse } = await import('./cost/deployed-use.js');
  const client = clients.settings;
  return deployedUse({ client, stack: name, resources: await stackResources(client, name)() }, month);
}
