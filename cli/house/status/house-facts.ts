import { isFromBackup } from '../../../shared/storage/subscribers/name-row.js';
import type { Operator } from '../operator.js';
import type { FactSources, Machinery } from './gather-facts.js';

/** Where the facts of a house are read that an admin has reached; whoever wants the subscribers counted adds how. */
export async function sourcesOf(operator: Operator): Promise<FactSources> {
  const { kind, name, now, dynamo, papers, editions, runs, traffic } = operator;
  const table = operator.output('SubscribersTable');
  const place = kind === 'local' ? `The house in ${name}` : `The stack ${name}`;
  const awaitsReplay = () => isFromBackup(dynamo, table);
  return { place, now, papers, editions, runs, traffic, awaitsReplay, machinery: await machineryOf(operator) };
}

/** Loaded when it is needed: whoever looks at a folder asks no service of AWS. */
async function machineryOf({ house, name, clients }: Operator): Promise<Machinery> {
  if (house) return (await import('./local-machinery.js')).localMachinery(house, 'at-rest');
  const { stackResources } = await import('../stack-resources.js');
  const { deployedMachinery } = await import('./deployed-machinery.js');
  return deployedMachinery(clients.settings, stackResources(clients.settings, name));
}
