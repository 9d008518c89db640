import { parseUrl } from '../text/parse-url.js';
import { decodePunycode } from '../text/punycode.js';
import { mailboxOf } from './sign-up/mail-providers.js';

/**
 * An email address as it is stored and mailed to, with its canonical form, or what is wrong with it in words for its
 * owner.
 */
export type ParsedAddress =
  | {
      readonly ok: true;
      /** The local part as it was typed, the domain in lower-case ASCII (punycode). */
      readonly address: string;
      /** For identity and limits only; never mailed to. */
      readonly canonical: string;
      /** What was canonical before the providers' own rules counted, where that differs: some subscribers have its id. */
      readonly formerly?: string;
    }
  | { readonly ok: false; readonly message: string };

/** RFC 5321, 4.5.3.1: octets of a local part and of a whole path without its brackets. */
const longestLocalPart = 64;
const longestAddress = 254;

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
/** RFC 5322, 3.4.1: a dot-atom; quoted local parts and comments are not taken. */
const localPart = new RegExp(`^${atom}(\\.${atom})*$`);
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** At least two labels, the last one no number: an IP address is no domain. */
const asciiDomain = new RegExp(`^(${label}\\.)+(?=[a-z][a-z0-9])${label}$`);

function wrongShape(text: string): string | undefined {
  if (text === '') return 'Enter your email address.';
  if (/[<>]/.test(text)) return 'Enter the address alone, without a name or angle brackets.';
  if (/["()]/.test(text)) return 'Enter the address alone, without quotes or parentheses.';
  if (/\s/.test(text)) return 'An email address cannot contain spaces.';
  if (!text.includes('@')) return 'An email address needs an @, as in name@example.org.';
  if (text.indexOf('@') !== text.lastIndexOf('@')) return 'Enter one address, with one @.';
  return undefined;
}

function wrongLocalPart(local: string): string | undefined {
  if (local === '') return 'Something is missing before the @.';
  if (/[^\u0000-\u007f]/.test(local)) {
    return 'We can only write to addresses with plain letters (a–z) before the @, without accents or other scripts.';
  }
  if (local.length > longestLocalPart) return `The part before the @ is longer than ${longestLocalPart} characters.`;
  if (/=\?.*\?=/.test(local)) {
    return 'We cannot write to an address that has =? and ?= before the @: some mail programs read a different address from it.';
  }
  return localPart.test(local) ? undefined : 'The part before the @ has a character in the wrong place.';
}

/** The domain in lower-case ASCII (UTS #46, as URLs have it), `undefined` when it is none. */
function asciiDomainOf(domain: string): string | undefined {
  // A URL also takes ports, paths and escapes; a domain has none of their signs. Joiners are part of some scripts'
  // words.
  if (!/^(?:[\p{L}\p{M}\p{N}\u00b7\u30fb.-]|\u200c|\u200d)+$/u.test(domain)) return undefined;
  // Sign by sign: the text as a whole would end a Greek word with another sigma.
  const lower = [...domain].map((sign) => sign.toLowerCase()).join('');
  const hostname = parseUrl(`http://${lower}`)?.hostname ?? '';
  return asciiDomain.test(hostname) && hostname.split('.').every(isWholeLabel) ? hostname : undefined;
}

const fromRight = '\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}';
const hasFromRight = new RegExp(`[${fromRight}]`, 'u');
/**
 * RFC 5893, section 2: what is read from the right begins with such a letter and has no letter of another direction.
 */
const isFromRight = new RegExp(`^(?=[${fromRight}])\\p{L}(?:[${fromRight}]|[^\\p{L}])*$`, 'u');

/**
 * Whether a label is a name as it is or, from `xn--` on, encodes one that is written so and in one direction. Runtimes
 * judge both differently, and newer ones not at all where the host is ASCII.
 */
function isWholeLabel(label: string): boolean {
  if (!label.startsWith('xn--')) return true;
  const name = decodePunycode(label.slice('xn--'.length)) ?? '';
  if (!/[^\u0000-\u007f]/.test(name) || (hasFromRight.test(name) && !isFromRight.test(name))) return false;
  return parseUrl(`http://${name}.example`)?.hostname === `${label}.example`;
}

/** The rule by which the first subscribers got their ids: case, a `+tag` and Gmail's dots make no other mailbox. */
function formerlyCanonical(local: string, domain: string): string {
  const plus = local.indexOf('+');
  const untagged = (plus > 0 ? local.slice(0, plus) : local).replace(/\.$/, '');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGmail ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`;
}

/**
 * Reads a bare address (addr-spec of RFC 5322 with a dot-atom local part and a public domain); blanks around it do not
 * matter. An international domain becomes punycode; the local part must be ASCII, for SES takes no other.
 */
export function parseAddress(text: string): ParsedAddress {
  const bare = text.trim();
  const [local = '', domain = ''] = bare.split('@');
  const message = wrongShape(bare) ?? wrongLocalPart(local);
  if (message) return { ok: false, message };
  if (domain.startsWith('[')) return { ok: false, message: 'Enter a domain name after the @, not an IP address.' };
  const ascii = asciiDomainOf(domain);
  if (!ascii) return { ok: false, message: 'The part after the @ is not a domain name, such as example.org.' };
  const address = `${local}@${ascii}`;
  if (address.length > longestAddress) {
    return { ok: false, message: `The address is longer than ${longestAddress} characters.` };
  }
  const canonical = mailboxOf(local.toLowerCase(), ascii);
  const formerly = formerlyCanonical(local.toLowerCase(), ascii);
  return { ok: true, address, canonical, ...(formerly !== canonical && { formerly }) };
}

/** Whether a text is a bare address in the form that is stored: ASCII, its domain in lower case. */
export function isAddress(text: string): boolean {
  const parsed = parseAddress(text);
  return parsed.ok && parsed.address === text;
}

/** Whether a text is a public domain in lower-case ASCII (an international one in its `xn--` form). */
export function isDomain(text: string): boolean {
  return asciiDomainOf(text) === text;
}

/** A display name, empty when none was given, and an address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Splits `Name <address>` or a bare address, never a list; quotes around the name go. Neither part is checked. */
export function splitMailbox(text: string): Mailbox {
  const found = /^([^<>]*)<([^<>]*)>$/.exec(text);
  const name = (found?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { name, address: (found?.[2] ?? text).trim() };
}
