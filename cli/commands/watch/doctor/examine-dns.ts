import type { Configuration } from '../../../../infra/configuration/configuration.js';
import { senderAddress } from '../../../../infra/configuration/settings.js';
import type { Check } from './check.js';
import { checkDns, skipDns } from './check-dns.js';
import type { Dns } from './dns.js';
import { sesIdentity } from './look-at-stack.js';

interface Asking {
  readonly region: string | undefined;
  readonly isSignedIn: boolean;
  readonly dns: Dns;
}

/** Looks for the records of the domain that the settings name, by what SES knows of it. */
export async function examineDns(settings: Configuration | undefined, asking: Asking): Promise<readonly Check[]> {
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
