import type { Command, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { readPrices } from '../../prices/prices.js';
import { costReport, describeCost, type MonthSoFar } from './cost/cost-report.js';
import { type Month, monthUntil, useAsDeployed } from './cost/month.js';

/** Says what this month has cost so far, and what one with more subscribers would. */
export const cost: Command = {
  name: 'cost',
  summary:
    'says what this month has cost so far, SES apart, and what it would with 1,000, 100,000 and a million subscribers',
  place: 'house',
  more: `Digests are counted by the ledger; a deployed stack's use is what CloudWatch counted, and that of a folder is reckoned from
its digests, as if they had been sent from an account. Prices are list prices of us-east-1 with their date, free tiers apart:
the bill in the AWS console is what counts. What could not be read is said, and the exit code is then 1.`,
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
