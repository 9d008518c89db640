import type { Configuration } from '../../../../infra/configuration/configuration.js';
import { ConfigurationError } from '../../../../infra/configuration/configuration.js';
import type { Finding } from '../../../../infra/preflight/finding.js';
import { chosenRegion } from '../../../../infra/preflight/look-at-account.js';
import { preflight } from '../../../../infra/preflight/preflight.js';
import { stackNameOf } from '../../../../infra/synthesize.js';
import type { Place } from '../../../command/command.js';
import { type Operator, withOperator } from '../../../house/operator.js';
import { stackResources } from '../../../house/stack-resources.js';
import { gatherFacts } from '../../../house/status/gather-facts.js';
import { sourcesOf } from '../../../house/status/house-facts.js';
import { type Check, checksOf } from './check.js';
import { checkHouse, checkQuota } from './check-house.js';
import type { Dns } from './dns.js';
import { examineDns } from './examine-dns.js';
import { checkListeners } from './look-at-stack.js';

/** What is examined: the stack that was named, or else the one of the settings, whether or not it is deployed yet. */
export interface Examined {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly dns: Dns;
  readonly readConfiguration: () => Configuration;
}

/**
 * Looks at settings, account, DNS and, where the stack is there, at all that it does; changes nothing. A stack that was named
 * has to be there: whatever keeps it away is thrown as one clear line.
 */
export async function examineStack(examined: Examined): Promise<readonly Check[]> {
  const { profile, readConfiguration, dns } = examined;
  const settings = settingsFrom(readConfiguration);
  const named =
    examined.stack === undefined ? undefined : await examineHouse(placeOf(examined, examined.stack), settings);
  // The preflight's clients take the profile from here, as the CDK's do.
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const region = examined.region ?? (await chosenRegion());
  const configured = settings && stackNameOf(settings);
  const stack = examined.stack ?? configured ?? stackNameOf({});
  const account = checkFindings(await preflight({ readConfiguration, region, stack }));
  const isSignedIn = account.some(({ id, state }) => id === 'credentials' && state === 'ok');
  const withoutStack = () => (isSignedIn ? examineConfigured(placeOf(examined, stack), settings) : [notSignedIn]);
  return [
    ...account,
    ...(configured === undefined || stack === configured ? [] : [otherSettings(configured, stack)]),
    ...(named ?? (await withoutStack())),
    ...(await examineDns(settings, { region, isSignedIn, dns })),
  ];
}

type Deployed = Extract<Place, { kind: 'deployed' }>;

function placeOf({ region, profile }: Examined, stack: string): Deployed {
  return {
    kind: 'deployed',
    stack,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
}

const notSignedIn = checksOf('house').skipped('it takes credentials and a region to look at the stack');

function settingsFrom(readConfiguration: () => Configuration): Configuration | undefined {
  try {
    return readConfiguration();
  } catch (error) {
    // The preflight tells it as a finding.
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

const otherSettings = (configured: string, stack: string) =>
  checksOf('stack-settings').failure(
    `the settings are those of ${configured}, not of ${stack}`,
    `look with the settings of ${stack} beside you, or give --stack ${configured}`,
  );

/** A stack that the settings name may not be deployed yet. */
async function examineConfigured(place: Deployed, settings: Configuration | undefined): Promise<readonly Check[]> {
  const { failure, skipped } = checksOf('house');
  try {
    return await examineHouse(place, settings);
  } catch (error) {
    const { message, cause } = error as Error;
    const isMissing = cause instanceof Error && /does not exist/.test(cause.message);
    if (isMissing) return [skipped(`${place.stack} is not deployed yet`, 'run `npm run deploy`')];
    return [failure(message, 'mend that and look again')];
  }
}

async function examineHouse(place: Deployed, settings: Configuration | undefined): Promise<readonly Check[]> {
  const checks = await withOperator(place, (operator) => examineOperator(operator, settings));
  return [checksOf('house').ok(`${place.stack} is there`), ...checks];
}

async function examineOperator(operator: Operator, settings: Configuration | undefined): Promise<readonly Check[]> {
  const { settings: client } = operator.clients;
  const facts = await gatherFacts(await sourcesOf(operator));
  const account = 'value' in facts.mailAccount ? facts.mailAccount.value : undefined;
  return [
    ...checkHouse(facts),
    await checkListeners(client, stackResources(client, operator.name)),
    checkQuota(account, settings?.sendRate),
  ];
}

/** What to do about a finding whose text does not say so itself. */
const whatToDo: Readonly<Record<string, string>> = {
  ses: 'ask for production access, or see why SES paused the account: the SES console, Account dashboard',
  identity: 'click the link that SES mailed to the sender, or enter the records of the domain',
  'alarm-address': 'deploy again once it is written, and confirm the mail that AWS sends there',
};
const otherwise = 'allow whoever looks to ask that, or look in the AWS console';

/** What a deployment asks beforehand, as checks: what would only warn there is a failure of a house that should send. */
function checkFindings(findings: readonly Finding[]): readonly Check[] {
  return findings.map(({ about, state, text }) => {
    const id = about === 'alarms' ? 'alarm-address' : about.toLowerCase().replaceAll(' ', '-');
    const { ok, failure } = checksOf(id);
    if (state === 'ok') return ok(text);
    const cut = text.indexOf('; ');
    return cut < 0 ? failure(text, whatToDo[id] ?? otherwise) : failure(text.slice(0, cut), text.slice(cut + 2));
  });
}
