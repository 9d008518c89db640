import {
  type Configuration,
  ConfigurationError,
  configurationFile,
  exampleValues,
} from '../configuration/configuration.js';
import { sendersFor } from '../configuration/senders.js';
import { checkCatalogue, stackNameOf } from '../synthesize.js';
import { type Finding, findingsAbout } from './finding.js';
import {
  type ClientSettings,
  lookAtBootstrap,
  lookAtCredentials,
  lookAtLambda,
  lookAtStack,
} from './look-at-account.js';
import { lookAtIdentity, lookAtSandbox } from './look-at-mail.js';

/** What the deployment is tried with before it is begun. */
interface Attempt {
  readonly readConfiguration: () => Configuration;
  /** Region, by environment or profile; absent where there is none. */
  readonly region: string | undefined;
  readonly endpoint?: string;
  /** The stack that is meant, where it is not the one of the settings. */
  readonly stack?: string;
}

/** Looks at all that a deployment needs, and changes nothing. What needs an account is looked at once there is one. */
export async function preflight({ readConfiguration, region, endpoint, stack }: Attempt): Promise<readonly Finding[]> {
  const { configuration, findings } = lookAtSettings(readConfiguration);
  const { ok, failure } = findingsAbout('region');
  if (region === undefined) {
    return [
      ...findings,
      failure('none is chosen; write `AWS_REGION=eu-west-1` before the command, or one in your profile'),
    ];
  }
  const client = { region, ...(endpoint !== undefined && { endpoint }) };
  const { finding, account } = await lookAtCredentials(client);
  const found = [...findings, ok(region), finding];
  if (account === undefined) return found;
  const senders = configuration && sendersFor(configuration.sendRate).senders;
  const rest = [lookAtBootstrap(client, account), lookAtLambda(client, senders), lookAtSandbox(client)];
  return [
    ...found,
    ...(await Promise.all(rest)),
    ...(configuration ? await lookAtUse(client, configuration, stack) : []),
  ];
}

async function lookAtUse(
  client: ClientSettings,
  configuration: Configuration,
  stackName = stackNameOf(configuration),
): Promise<readonly Finding[]> {
  return [
    await lookAtStack(client, stackName),
    await lookAtIdentity(client, configuration, stackName),
    ...lookAtCertificate(client, configuration),
    lookAtAlarms(configuration),
  ];
}

function lookAtSettings(read: () => Configuration): {
  readonly configuration?: Configuration;
  readonly findings: readonly Finding[];
} {
  const { ok, failure } = findingsAbout('settings');
  try {
    checkCatalogue();
    const configuration = read();
    const examples = exampleValues(configuration);
    if (examples.length === 0) return { configuration, findings: [ok(configurationFile)] };
    const text = `${configurationFile}: ${examples.join(', ')} still hold example values; write your own`;
    return { configuration, findings: [failure(text)] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { findings: error.problems.map(failure) };
  }
}

function lookAtCertificate({ region }: ClientSettings, { certificateArn }: Configuration): readonly Finding[] {
  if (certificateArn === undefined) return [];
  const { ok, failure } = findingsAbout('certificate');
  const there = certificateArn.split(':')[3];
  return [
    there === region ? ok(`in ${region}`) : failure(`it is in ${there}; ask for one in ${region}, or deploy there`),
  ];
}

function lookAtAlarms({ alarmAddress }: Configuration): Finding {
  const { ok, warning } = findingsAbout('alarms');
  return alarmAddress === undefined
    ? warning(`nobody hears the alarms: write alarmAddress in ${configurationFile}`)
    : ok(`mailed to ${alarmAddress}, once it has confirmed`);
}
