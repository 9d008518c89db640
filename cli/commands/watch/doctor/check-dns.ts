import { type Check, checksOf } from './check.js';
import { isAligned } from './check-headers.js';
import type { Dns } from './dns.js';
import { readTags } from './mail-headers.js';

/** What SES has of an identity that is a domain. */
export interface SesIdentity {
  readonly dkimTokens: readonly string[];
  /** Where it signs with a key that the admin brought: whether SES has found its other half in DNS. */
  readonly isOwnKeyFound?: boolean;
  /** Where bounces go; absent where SES takes its own domain for that. */
  readonly mailFrom?: string;
}

/** Whose records are looked for. */
export interface MailDomain {
  /** What follows the `@` of the sender. */
  readonly from: string;
  /** The domain that SES signs for. */
  readonly identity: string;
  /** Absent where SES could not be asked. */
  readonly ses?: SesIdentity;
  /** Where a deployment of these settings lets bounces go; absent where it leaves the identity as it is. */
  readonly plannedMailFrom?: string;
  readonly region: string;
}

const ids = ['dkim', 'mail-from', 'spf', 'dmarc'] as const;
const enter = 'the outputs Dns… of the stack name it, where the zone is not in Route 53';

/** Looks for the records by which mailboxes trust the sender. */
export async function checkDns(domain: MailDomain, dns: Dns): Promise<readonly Check[]> {
  const { ses, plannedMailFrom } = domain;
  const mailFrom = ses ? ses.mailFrom : plannedMailFrom;
  const checks: Readonly<Record<(typeof ids)[number], () => Promise<Check>>> = {
    dkim: () => checkDkim(domain, dns),
    'mail-from': () => checkMailFrom(domain, mailFrom, dns),
    spf: () => checkSpf(mailFrom, dns),
    dmarc: () => checkDmarc(domain.from, dns),
  };
  return Promise.all(ids.map((id) => unlessUnasked(id, checks[id])));
}

/** The same checks where no record can be looked for yet. */
export function skipDns(what: string, todo?: string): readonly Check[] {
  return ids.map((id) => checksOf(id).skipped(what, todo));
}

async function unlessUnasked(id: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const todo = 'look at the network of this machine, or ask another name server by --dns';
    return checksOf(id).failure(`DNS could not be asked (${code ?? message})`, todo);
  }
}

async function checkDkim({ identity, ses }: MailDomain, dns: Dns): Promise<Check> {
  const { ok, failure, skipped } = checksOf('dkim');
  if (ses === undefined) return skipped(`SES, which knows the keys of ${identity}, could not be asked`);
  const { dkimTokens, isOwnKeyFound } = ses;
  if (isOwnKeyFound !== undefined) {
    return isOwnKeyFound
      ? ok(`SES has found the key of your own by which it signs for ${identity}`)
      : failure(
          'SES does not find the key of your own in DNS',
          `enter the TXT record of its selector under ${identity}`,
        );
  }
  if (dkimTokens.length === 0)
    return failure(`SES has no DKIM keys for ${identity}`, 'turn on Easy DKIM in the SES console');
  const names = dkimTokens.map((token) => ({ token, name: `${token}._domainkey.${identity}` }));
  const answers = await Promise.all(
    names.map(async ({ token, name }) => ({ token, name, found: await dns.cname(name) })),
  );
  const wrong = answers.find(
    ({ token, found }) => !found.some((target) => target.startsWith(`${token.toLowerCase()}.dkim.`)),
  );
  if (!wrong) return ok(`the ${dkimTokens.length} records of ${identity} are there`);
  const what =
    wrong.found.length === 0 ? `there is no ${wrong.name}` : `${wrong.name} leads to ${wrong.found.join(', ')}`;
  return failure(what, `enter ${wrong.name} CNAME ${wrong.token}.dkim.amazonses.com; ${enter}`);
}

async function checkMailFrom(domain: MailDomain, mailFrom: string | undefined, dns: Dns): Promise<Check> {
  const { from, identity, ses, region } = domain;
  const { ok, failure, skipped } = checksOf('mail-from');
  if (mailFrom === undefined) {
    if (ses === undefined) return skipped(`SES, which knows where bounces of ${identity} go, could not be asked`);
    return failure(
      `mails of ${from} come from SES's own domain, so SPF does not align`,
      `give the identity ${identity} a MAIL FROM domain in SES, such as mail.${identity}`,
    );
  }
  const wanted = `feedback-smtp.${region}.amazonses.com`;
  const found = await dns.mx(mailFrom);
  if (found.length === 1 && found[0] === wanted) {
    return isAligned(mailFrom, from)
      ? ok(`bounces of ${mailFrom} go to SES`)
      : failure(
          `${mailFrom} is not under the domain of the sender, ${from}`,
          `give the identity a MAIL FROM under ${from}`,
        );
  }
  const what = found.length === 0 ? `${mailFrom} has no MX` : `MX of ${mailFrom} is ${found.join(' and ')}`;
  return failure(what, `enter ${mailFrom} MX 10 ${wanted}, and no other MX; ${enter}`);
}

async function checkSpf(mailFrom: string | undefined, dns: Dns): Promise<Check> {
  const { ok, failure, skipped } = checksOf('spf');
  if (mailFrom === undefined) return skipped('no MAIL FROM domain of your own is known: see mail-from');
  const records = (await dns.txt(mailFrom)).filter((text) => /^v=spf1(\s|$)/i.test(text));
  const wanted = `"v=spf1 include:amazonses.com ~all"`;
  const [record, ...more] = records;
  if (record === undefined) return failure(`${mailFrom} has no SPF`, `enter ${mailFrom} TXT ${wanted}; ${enter}`);
  if (more.length > 0)
    return failure(`${mailFrom} has ${records.length} SPF records, which counts as none`, 'leave one of them');
  if (!/(^|\s)\+?include:amazonses\.com(\s|$)/i.test(record)) {
    return failure(`SPF of ${mailFrom} does not let SES send: "${record}"`, `enter ${mailFrom} TXT ${wanted}`);
  }
  return ok(`SPF of ${mailFrom} lets SES send`);
}

async function checkDmarc(from: string, dns: Dns): Promise<Check> {
  const { ok, failure } = checksOf('dmarc');
  for (const domain of parentsOf(from)) {
    const records = (await dns.txt(`_dmarc.${domain}`)).filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));
    const [record, ...more] = records;
    if (record === undefined) continue;
    if (more.length > 0)
      return failure(`_dmarc.${domain} has ${records.length} DMARC records, which counts as none`, 'leave one of them');
    const policy = readTags(record).get('p')?.toLowerCase();
    return policy !== undefined && ['none', 'quarantine', 'reject'].includes(policy)
      ? ok(`_dmarc.${domain} says p=${policy}`)
      : failure(`_dmarc.${domain} has no policy: "${record}"`, `enter _dmarc.${domain} TXT "v=DMARC1; p=none"`);
  }
  return failure(`${from} has no DMARC`, `enter _dmarc.${from} TXT "v=DMARC1; p=none"; ${enter}`);
}

/** A domain and those above it that may hold its DMARC record: a domain of one label is nobody's own. */
function parentsOf(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_label, at) => labels.slice(at).join('.'));
}
