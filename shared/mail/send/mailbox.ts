import { type Mailbox, parseAddress, splitMailbox } from '../../domain/subscriber/mail-address.js';
import { singleLine } from '../layout/single-line.js';

/**
 * Reads `Name <address>` or an address as one mailbox, never as a list; line breaks and control characters become
 * blanks. The address comes in its stored form, or as it was written when it is none.
 */
export function parseMailbox(text: string): Mailbox {
  const { name, address } = splitMailbox(singleLine(text));
  const parsed = parseAddress(address);
  return { name, address: parsed.ok ? parsed.address : address };
}
