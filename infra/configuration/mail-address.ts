const word = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const domain = `${label}(?:\\.${label})+`;
const address = `${word}(?:\\.${word})*@${domain}`;

/** A domain of two labels or more, in small letters and ASCII (an international one in its `xn--` form). */
export const domainForm = new RegExp(`^${domain}$`);

/** A mail address as SES takes it: ASCII, its domain in small letters. */
export const addressForm = new RegExp(`^${address}$`);

/** `Name <address>` or an address. */
const senderForm = new RegExp(`^(?:[^<>"\\p{Cc}]*[^<>"\\p{Cc}\\s] <(?<named>${address})>|(?<bare>${address}))$`, 'u');

/** The address of a sender; `undefined` for a text that is none. */
export function addressOf(sender: string): string | undefined {
  const groups = senderForm.exec(sender)?.groups;
  return groups?.named ?? groups?.bare;
}

/** What stands behind the `@`, or the whole text of a domain. */
export function domainOf(addressOrDomain: string): string {
  return addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1);
}
