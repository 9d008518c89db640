import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { CliError } from '../command/cli-error.js';
import type { Place } from '../command/command.js';
import { awsTrouble } from './aws-trouble.js';
import { type ClientSettings, clientsWith, patience, type Reached } from './clients.js';

type Deployed = Extract<Place, { kind: 'deployed' }>;

/** Works on a deployed stack, with region and credentials as the AWS CLI takes them. */
export async function reachDeployed<Result>(
  place: Deployed,
  work: (reached: Reached) => Promise<Result>,
): Promise<Result> {
  try {
    const { outputs, settings } = await findStack(place);
    const clients = clientsWith(settings);
    const own = { kind: 'deployed', name: place.stack, now: () => Date.now() } as const;
    return await work({ ...own, clients, outputs: (name) => outputs.get(name) });
  } catch (error) {
    throw awsTrouble(error, place);
  }
}

/** Whoever has no network wants to know it now. */
const lookUp = { requestHandler: { ...patience, requestTimeout: 8_000 }, maxAttempts: 2 };

async function findStack(place: Deployed) {
  const { stack, region, profile } = place;
  // The SDK does not know the last of these names; without any it asks the profile.
  const named = region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  const client = new CloudFormationClient({
    ...(named && { region: named }),
    ...(profile !== undefined && { profile }),
    ...lookUp,
  });
  try {
    const chosen = await client.config.region();
    const found = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
      throw awsTrouble(error, { ...place, region: chosen });
    });
    const outputs = outputsOf(found.Stacks?.[0], stack, chosen);
    const settings: ClientSettings = {
      region: chosen,
      credentials: client.config.credentials,
      requestHandler: patience,
    };
    return { outputs, settings };
  } finally {
    client.destroy();
  }
}

/** What a stack of Paperboy has from its first version on. */
const ownOutputs = ['PapersTable', 'EditionsTable', 'SubscribersTable', 'RunsTable', 'ConsentsTable', 'KeysSecret'];

function outputsOf(stack: Stack | undefined, name: string, region: string): ReadonlyMap<string, string> {
  const outputs = new Map(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  const missing = ownOutputs.find((each) => !outputs.has(each));
  if (missing !== undefined) {
    const status = stack?.StackStatus ?? 'no status';
    throw new CliError(
      `--stack: ${name} in ${region} (${status}) is no Paperboy that is deployed: it has no output ${missing}; name another stack, or finish its deployment`,
    );
  }
  return outputs;
}
