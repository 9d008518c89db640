import type * as z from 'zod/mini';
import { senderAddress, settings } from './settings.js';

/** Something the admin wrote is not usable; each problem is one line that says what to write. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Where the admin writes the settings, relative to the repository's root. */
export const configurationFile = 'paperboy.config.json';

/** What the admin writes in paperboy.config.json, with its defaults. */
export type Configuration = Omit<z.infer<typeof settings>, '$schema'>;

const whatToWrite: Record<keyof Configuration, string> = {
  sender: 'write an address such as "Paperboy <papers@your-domain.org>"',
  postalAddress: 'write the postal address for the foot of every mail, such as "Your Name, 1 Your Street, Your City"',
  contact: 'write the email address of whoever runs this service, such as "you@your-domain.org"',
  stage: 'write up to twelve small letters and digits, such as "test", or leave it out',
  identity: 'write the sender\'s own address or its domain, as verified in SES, such as "your-domain.org"',
  domain: 'write the domain of the pages, such as "papers.your-domain.org"',
  hostedZone: 'write the Route 53 zone of the domain, such as { "id": "Z0123456789ABC", "name": "your-domain.org" }',
  certificateArn:
    'write the ARN of the domain\'s certificate, such as "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-…"',
  publishHour: 'write a whole hour of the day in UTC, 0 to 23, such as 5',
  categories: 'write arXiv categories, such as ["cs.AI", "cs.CL"]',
  sendRate: 'write the whole number of mails a second that SES lets the account send, such as 14',
  alarmAddress: 'write the email address that alarms go to, such as "you@your-domain.org"',
  monthlyBudgetUsd: 'write whole US dollars a month, such as 20',
  subscribersTable:
    'write the name of the restored Subscribers table, such as "Paperboy-Subscribers-restored", or leave it out',
  githubTokenSecret:
    'write the complete ARN of the secret that holds the token, such as "arn:aws:secretsmanager:eu-west-1:123456789012:secret:github-token-Ab12Cd"',
  sources: 'leave this out: it is there to rehearse a deployment with sources played on one machine',
};

const problem = (field: string, what: string) => `${configurationFile}, ${field}: ${what}`;

const fieldProblem = (field: keyof Configuration) => problem(field, whatToWrite[field]);

/** What an admin may want to write. */
const known = Object.keys(whatToWrite).filter((name) => name !== 'sources');

function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const [field] = issue.path;
  if (issue.code === 'unrecognized_keys' && field === undefined) {
    return issue.keys.map((key) => problem(key, `there is no such setting; write one of ${known.join(', ')}`));
  }
  return [
    field === undefined
      ? `${configurationFile}: write { "sender": …, "postalAddress": …, "contact": … }`
      : problem(String(field), whatToWrite[field as keyof Configuration] ?? 'write a text, or leave it out'),
  ];
}

/** What follows the `@`, or the whole text of a domain. */
const domainOf = (addressOrDomain: string) => addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1);

const isWithin = (domain: string, parent: string) => domain === parent || domain.endsWith(`.${parent}`);

/** SES lets an identity send for its own address, its own domain and the domains below it. */
function speaksFor(identity: string, sender: string): boolean {
  const from = senderAddress(sender) ?? '';
  return identity === from || isWithin(domainOf(from), identity);
}

/** Settings that are right each by itself and wrong together. */
function conflicts(given: Configuration): readonly string[] {
  const { sender, identity, domain, hostedZone, certificateArn, alarmAddress, monthlyBudgetUsd } = given;
  const found: string[] = [];
  if (identity !== undefined && !speaksFor(identity, sender)) found.push(fieldProblem('identity'));
  if (domain === undefined) {
    if (hostedZone ?? certificateArn) found.push(problem('domain', `${whatToWrite.domain}, or leave the others out`));
  } else {
    if ((hostedZone === undefined) === (certificateArn === undefined)) {
      found.push(problem('domain', 'write either hostedZone or certificateArn with it'));
    }
    if (hostedZone && !isWithin(domain, hostedZone.name)) {
      found.push(problem('hostedZone', `write the zone that holds ${domain}, or another domain`));
    }
    if (identity === undefined && !speaksFor(domain, sender)) {
      found.push(problem('sender', `write an address at ${domain}, or the identity that it is sent by`));
    }
  }
  if (monthlyBudgetUsd !== undefined && alarmAddress === undefined) {
    found.push(problem('alarmAddress', 'write the email address that hears of the budget'));
  }
  return found;
}

/** Reads what paperboy.config.json holds; throws a `ConfigurationError` that names every problem. */
export function parseConfiguration(value: unknown): Configuration {
  const { success, data, error } = settings.safeParse(value ?? {});
  if (!success) throw new ConfigurationError([...new Set(error.issues.flatMap(problemsOf))]);
  const { $schema: _, ...configuration } = data;
  const found = conflicts(configuration);
  if (found.length > 0) throw new ConfigurationError(found);
  return configuration;
}

/** Domains that belong to nobody: RFC 2606. */
const reserved = /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/;

const isExample = (address: string | undefined) => address !== undefined && reserved.test(domainOf(address));

/** Names of the settings that still hold the values that the repository ships with, or others like them. */
export function exampleValues(configuration: Configuration): readonly (keyof Configuration)[] {
  const { sender, postalAddress, contact, identity, domain, alarmAddress } = configuration;
  const found = {
    sender: isExample(senderAddress(sender)),
    postalAddress: /\bexample (name|street|city)\b/i.test(postalAddress),
    contact: isExample(contact),
    identity: isExample(identity),
    domain: isExample(domain),
    alarmAddress: isExample(alarmAddress),
  };
  return (Object.keys(found) as (keyof typeof found)[]).filter((name) => found[name]);
}

/**
 * Runs a command's work; a `ConfigurationError` ends the process with its lines and exit code 1, without a stack trace.
 */
export async function failClearly(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
