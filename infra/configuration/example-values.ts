import type { Configuration } from './configuration.js';
import { addressOf, domainOf } from './mail-address.js';

/** Domains that are nobody's: RFC 2606. */
const reserved = /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/;

const isExample = (address: string | undefined) => address !== undefined && reserved.test(domainOf(address));

/** Names of the settings that still hold the values which cdk.json ships with, or others like them. */
export function exampleValues(configuration: Configuration): readonly (keyof Configuration)[] {
  const { sender, postalAddress, contact, identity, alarmAddress } = configuration;
  const found = {
    sender: isExample(addressOf(sender)),
    postalAddress: /\bexample (name|street|city)\b/i.test(postalAddress),
    contact: isExample(contact),
    identity: isExample(identity),
    alarmAddress: isExample(alarmAddress),
  };
  return (Object.keys(found) as (keyof typeof found)[]).filter((name) => found[name]);
}
