import { splitMailbox } from '../../../../shared/domain/subscriber/mail-address.js';
import { type Check, checksOf } from './check.js';
import { type AuthenticationResult, type HeaderField, readHeaders, readResults, readTags } from './mail-headers.js';

const howToGet =
  'send yourself a mail with `send-test`, open it where you received it, choose "Show original" or "View source" and give all of it';
const unsubscribeFields = ['list-unsubscribe', 'list-unsubscribe-post'] as const;

/** Judges a received mail by its headers: how it is signed, and what the mailbox that took it says of SPF, DKIM and DMARC. */
export function checkHeaders(text: string): readonly Check[] {
  const fields = readHeaders(text);
  const { ok, failure } = checksOf('headers');
  if (fields.length === 0) return [failure('there is no header in what was given', howToGet)];
  const from = fromDomain(fields);
  if (from === undefined) return [failure('there is not exactly one From with one address', howToGet)];
  const results = resultsIn(fields);
  return [
    ok(`${fields.length} headers of a mail from ${from}`),
    checkUnsubscribe(fields),
    checkSignature(fields, results, from),
    checkCovered(fields, from),
    checkSpf(results, from),
    checkDmarc(results, from),
  ];
}

const valuesOf = (fields: readonly HeaderField[], wanted: string) =>
  fields.filter(({ name }) => name === wanted).map(({ value }) => value);

function fromDomain(fields: readonly HeaderField[]): string | undefined {
  const [from, ...others] = valuesOf(fields, 'from');
  if (from === undefined || others.length > 0) return undefined;
  const { address } = splitMailbox(from);
  return /^[^\s@<>]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(address)?.[1]?.toLowerCase();
}

/** The newest field comes first and is of the mailbox that took the mail: those below it may be anybody's. */
function resultsIn(fields: readonly HeaderField[]): readonly AuthenticationResult[] | undefined {
  const [newest] = valuesOf(fields, 'authentication-results');
  return newest === undefined ? undefined : readResults(newest);
}

function checkUnsubscribe(fields: readonly HeaderField[]): Check {
  const { ok, failure } = checksOf('headers-unsubscribe');
  const todo = 'this is no digest of this version: send one with `send-test` and give its headers';
  const [[link, ...more], [post]] = [valuesOf(fields, 'list-unsubscribe'), valuesOf(fields, 'list-unsubscribe-post')];
  if (link === undefined || post === undefined)
    return failure('List-Unsubscribe or List-Unsubscribe-Post is missing', todo);
  const isOnce = more.length === 0 && (link.match(/<https:[^<>\s]+>/g) ?? []).length === 1;
  if (!isOnce) return failure('List-Unsubscribe does not hold exactly one https address', todo);
  if (post !== 'List-Unsubscribe=One-Click')
    return failure('List-Unsubscribe-Post is not List-Unsubscribe=One-Click', todo);
  return ok('one click unsubscribes (RFC 8058)');
}

interface Signature {
  readonly domain: string;
  readonly covered: readonly string[];
}

function signaturesIn(fields: readonly HeaderField[]): readonly Signature[] {
  return valuesOf(fields, 'dkim-signature').flatMap((value) => {
    const tags = readTags(value);
    const [domain, covered] = [tags.get('d'), tags.get('h')];
    if (domain === undefined || covered === undefined) return [];
    return [{ domain: domain.toLowerCase(), covered: covered.toLowerCase().split(/\s*:\s*/) }];
  });
}

const signIt =
  'give SES the domain of the sender: write `domain`, or verify the domain with Easy DKIM and write `identity`';

function checkSignature(
  fields: readonly HeaderField[],
  results: readonly AuthenticationResult[] | undefined,
  from: string,
): Check {
  const { ok, failure } = checksOf('headers-dkim');
  const signatures = signaturesIn(fields);
  if (signatures.length === 0) return failure('the mail has no DKIM-Signature that can be read', signIt);
  const ours = signatures.find(({ domain }) => isAligned(domain, from));
  if (!ours)
    return failure(`signed by ${signatures.map(({ domain }) => domain).join(' and ')}, not by ${from}`, signIt);
  const judged = (results ?? []).filter(({ method }) => method === 'dkim').filter((result) => isOf(result, from));
  if (judged.length > 0 && !judged.some(({ result }) => result === 'pass')) {
    const todo = 'see the check `dkim`, and whether something behind SES changes the mail on its way';
    return failure(`the mailbox says of the signature by ${ours.domain}: ${judged[0]?.result}`, todo);
  }
  return ok(`signed by ${ours.domain}${judged.length > 0 ? ', which the mailbox has verified' : ''}`);
}

/** Whether a result about DKIM is one of a signature by the sender's domain. */
function isOf({ properties }: AuthenticationResult, from: string): boolean {
  const signer = properties.get('header.d') ?? properties.get('header.i')?.split('@').at(-1);
  return signer !== undefined && isAligned(signer, from);
}

/** Mailboxes trust the unsubscribe headers only where the sender's signature covers them (RFC 8058, 4). */
function checkCovered(fields: readonly HeaderField[], from: string): Check {
  const { ok, failure, skipped } = checksOf('headers-covered');
  const signatures = signaturesIn(fields);
  const aligned = signatures.filter(({ domain }) => isAligned(domain, from));
  const missing = (aligned.length > 0 ? aligned : signatures).map(({ covered }) =>
    unsubscribeFields.filter((name) => !covered.includes(name)),
  );
  const [fewest] = missing.toSorted((one, other) => one.length - other.length);
  if (fewest === undefined) return skipped('there is no signature to look at');
  if (fewest.length === 0) return ok('the signature covers both unsubscribe headers');
  return failure(
    `the signature does not cover ${fewest.join(' and ')}`,
    'let SES sign the mail by itself: a relay behind it that signs anew must take these headers into h=',
  );
}

const noResults = 'the headers hold no Authentication-Results';

function checkSpf(results: readonly AuthenticationResult[] | undefined, from: string): Check {
  const { ok, failure, skipped } = checksOf('headers-spf');
  const todo = 'see the checks `mail-from` and `spf`: the MAIL FROM must be under the domain of the sender';
  if (results === undefined) return failure(noResults, howToGet);
  const found = results.filter(({ method }) => method === 'spf');
  const [first] = found;
  if (first === undefined) return skipped('the mailbox says nothing about SPF');
  if (first.result !== 'pass') return failure(`SPF: ${first.result}`, todo);
  const mailFrom =
    (first.properties.get('smtp.mailfrom') ?? first.properties.get('smtp.helo') ?? '').split('@').at(-1) ?? '';
  return isAligned(mailFrom, from)
    ? ok(`SPF passes for ${mailFrom}, which aligns with ${from}`)
    : failure(`SPF passes for ${mailFrom || 'nobody by name'}, which does not align with ${from}`, todo);
}

function checkDmarc(results: readonly AuthenticationResult[] | undefined, from: string): Check {
  const { ok, failure } = checksOf('headers-dmarc');
  if (results === undefined) return failure(noResults, howToGet);
  const found = results.find(({ method }) => method === 'dmarc');
  if (found === undefined)
    return failure('the mailbox says nothing about DMARC', 'enter a DMARC record: see the check `dmarc`');
  const judged = found.properties.get('header.from');
  if (found.result !== 'pass') {
    return failure(
      `DMARC: ${found.result}`,
      'mend DKIM or SPF first: one of them has to pass and align with the sender',
    );
  }
  if (judged !== undefined && judged !== from) return failure(`DMARC passes for ${judged}, not for ${from}`, howToGet);
  return ok(`DMARC passes for ${from}`);
}

/**
 * Whether two domains align, as far as it can be told without the list of public suffixes: they are one, or one is under the
 * other. A domain of one label aligns with nothing.
 */
export function isAligned(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  return short.includes('.') && (short === long || long.endsWith(`.${short}`));
}
