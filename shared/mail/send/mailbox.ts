import { domainToASCII } from 'node:url';
import { singleLine } from '../layout/plain-text.js';

/** A name, empty when none was given, and an address whose domain is ASCII. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  return at < 0 || domain === '' ? address : `${address.slice(0, at)}@${domain}`;
}

/** Reads `Name <address>` or an address as one mailbox, never as a list; line breaks and control characters become blanks. */
export function parseMailbox(text: string): Mailbox {
  const line = singleLine(text);
  const found = /^([^<>]*)<([^<>]*)>$/.exec(line);
  const name = (found?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { name, address: withAsciiDomain((found?.[2] ?? line).trim()) };
}
