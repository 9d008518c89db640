import type { Configuration } from '../../../../infra/configuration/configuration.js';
import { ConfigurationError } from '../../../../infra/configuration/configuration.js';
import { senderAddress } from '../../../../infra/configuration/settings.js';
import { chosenRegion } from '../../../../infra/preflight/look-at-account.js';
import { preflight } from '../../../../infra/preflight/preflight.js';
import { stackNameOf } from '../../../../infra/synthesize.js';
import type { Place } from '../../../command/command.js';
import { type Operator, withOperator } from '../../../house/operator.js';
import { stackResources } from '../../../house/stack-resources.js';
import { gatherFacts } from '../../../house/status/gather-facts.js';
import { sourcesOf } from '../../../house/status/house-facts.js';
import { type Check, checksOf } from './check.js';
import { checkDns, skipDns } from './check-dns.js';
import { checkFindings } from './check-findings.js';
import { checkHouse, checkQuota } from './check-house.js';
import type { Dns } from './dns.js';
import { checkListeners, sesIdentity } from './look-at-stack.js';

/** What is examined: the stack that was named, or else the one of the settings, whether or not it is deployed yet. */
export interface Examined {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly dns: Dns;
  readonly readConfiguration: () => Configuration;
}

/** Looks at settings, account, DNS and, where the stack is there, at all that it does; changes nothing. */
export async function examineStack(examined: Examined): Promise<readonly Check[]> {
  const { profile, readConfiguration } = examined;
  // The preflight's clients take the profile from here, as the CDK's do.
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const region = examined.region ?? (await chosenRegion());
  const settings = settingsFrom(readConfiguration);
  const configured = settings && stackNameOf(settings);
  const stack = examined.stack ?? configured ?? stackNameOf({});
  const account = checkFindings(await preflight({ readConfiguration, region, stack }));
  const isSignedIn = account.some(({ id, state }) => id === 'credentials' && state === 'ok');
  const place = { kind: 'deployed', stack, ...(region && { region }), ...(profile && { profile }) } as const;
  return [
    ...account,
    ...(configured === undefined || stack === configured ? [] : [otherSettings(configured, stack)]),
    ...(isSignedIn && region
      ? await examineHouse(place, examined.stack === undefined, settings)
      : [checksOf('house').skipped('it takes credentials and a region to look at the stack')]),
    ...(await examineDns(settings, { region, isSignedIn, dns: examined.dns })),
  ];
}

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

async function examineHouse(
  place: Extract<Place, { kind: 'deployed' }>,
  mayBeMissing: boolean,
  settings: Configuration | undefined,
): Promise<readonly Check[]> {
  const { ok, failure, skipped } = checksOf('house');
  try {
    const checks = await withOperator(place, (operator) => examineOperator(operator, settings));
    return [ok(`${place.stack} is there`), ...checks];
  } catch (error) {
    const { message, cause } = error as Error;
    const isMissing = cause instanceof Error && /does not exist/.test(cause.message);
    if (isMissing && mayBeMissing) return [skipped(`${place.stack} is not deployed yet`, 'run `npm run deploy`')];
    return [failure(message, 'mend that and look again')];
  }
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

interface Asking {
  readonly region: string | undefined;
  readonly isSignedIn: boolean;
  readonly dns: Dns;
}

async function examineDns(settings: Configuration | undefined, asking: Asking): Promise<readonly Check[]> {
  const { region, isSignedIn, dns } = asking;
  const sender = settings && (senderAddress(settings.sender) ?? '');
  if (!sender || region === undefined)
    return skipDns('it takes settings and a region to know which records to look for');
  const { domain, identity = domain ?? sender } = settings;
  if (identity.includes('@')) {
    const todo = 'write `domain`, or an `identity` that is a domain: mailboxes trust mail that its own domain signs';
    return skipDns('the identity of SES is a single address, not a domain', todo);
  }
  const ses = isSignedIn ? await sesIdentity({ region }, identity) : undefined;
  if (ses === 'unknown') return skipDns(`SES does not know ${identity} yet`, 'look again after the deployment');
  const from = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase();
  const isPlanned = settings.identity === undefined && domain !== undefined;
  const plannedMailFrom = isPlanned ? { plannedMailFrom: `mail.${domain}` } : {};
  return checkDns({ from, identity, region, ...(ses && { ses }), ...plannedMailFrom }, dns);
}
