import * as z from 'zod/mini';
import { isAddress, isDomain, splitMailbox } from '../../shared/domain/subscriber/mail-address.js';

/** Something the admin wrote is not usable; each problem is one line that says what to write. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** The address of a sender written as `Name <address>` or as an address alone; `undefined` for any other text. */
export function senderAddress(sender: string): string | undefined {
  const { name, address } = splitMailbox(sender);
  const isWrittenSo = sender === address || (/^[^"\p{Cc}]+$/u.test(name) && sender === `${name} <${address}>`);
  return isWrittenSo && isAddress(address) ? address : undefined;
}

const address = z.string().check(z.refine(isAddress));
// With the six characters that Secrets Manager appends: the grant names this secret and no other.
const secretArn = z
  .string()
  .check(z.regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/));
const category = z.string().check(z.regex(/^[a-z]+(-[a-z]+)*(\.[A-Za-z]+(-[a-z]+)*)?$/));

const schema = z.strictObject({
  /** `Name <address>` or an address. */
  sender: z.string().check(z.refine((text) => senderAddress(text) !== undefined)),
  /** Printed at the foot of every mail, as the law of many countries requires. */
  postalAddress: z.string().check(z.regex(/^\P{Cc}{1,300}$/u), z.regex(/\S/)),
  /** Email address shown on the pages and in the user agent. */
  contact: address,
  /** An existing SES identity. Without it the stack creates one for the sender's address. */
  identity: z.optional(z.string().check(z.refine((text) => isAddress(text) || isDomain(text)))),
  /** Hour of the day (UTC) from which the day's edition may be published. */
  publishHour: z._default(z.int().check(z.minimum(0), z.maximum(23)), 5),
  /** arXiv categories to read. */
  categories: z._default(z.array(category).check(z.minLength(1)), ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG']),
  /** Where alarms are mailed. */
  alarmAddress: z.optional(address),
  /** Complete ARN of the secret that holds a GitHub token: with it, GitHub is asked for stars too. */
  githubTokenSecret: z.optional(secretArn),
});

/** What the admin writes in cdk.json under `context.paperboy`, with its defaults. */
export type Configuration = z.infer<typeof schema>;

const whatToWrite: Record<keyof Configuration, string> = {
  sender: 'write an address such as "Paperboy <papers@your-domain.org>"',
  postalAddress: 'write the postal address for the foot of every mail, such as "Your Name, 1 Your Street, Your City"',
  contact: 'write the email address of whoever runs this service, such as "you@your-domain.org"',
  identity: 'write the sender\'s own address or its domain, as verified in SES, such as "your-domain.org"',
  publishHour: 'write a whole hour of the day in UTC, 0 to 23, such as 5',
  categories: 'write arXiv categories, such as ["cs.AI", "cs.CL"]',
  alarmAddress: 'write the email address that alarms go to, such as "you@your-domain.org"',
  githubTokenSecret:
    'write the complete ARN of the secret that holds the token, such as "arn:aws:secretsmanager:eu-west-1:123456789012:secret:github-token-Ab12Cd"',
};

/** What follows the `@`, or the whole text of a domain. */
const domainOf = (addressOrDomain: string) => addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1);

const place = 'cdk.json, context.paperboy';

const fieldProblem = (field: string) => `${place}.${field}: ${whatToWrite[field as keyof Configuration]}`;

function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(whatToWrite).join(', ');
    return issue.keys.map((key) => `${place}.${key}: there is no such setting; write one of ${known}`);
  }
  const [field] = issue.path;
  return [
    field === undefined
      ? `${place}: write { "sender": …, "postalAddress": …, "contact": … }`
      : fieldProblem(String(field)),
  ];
}

/** SES lets an identity send for its own address, its own domain and the domains below it. */
function speaksFor(identity: string, sender: string): boolean {
  const from = senderAddress(sender) ?? '';
  return identity === from || domainOf(from) === identity || domainOf(from).endsWith(`.${identity}`);
}

/** Reads the value of `context.paperboy`; throws a `ConfigurationError` that names every problem. */
export function parseConfiguration(value: unknown): Configuration {
  const { success, data, error } = schema.safeParse(value ?? {});
  if (!success) throw new ConfigurationError([...new Set(error.issues.flatMap(problemsOf))]);
  if (data.identity !== undefined && !speaksFor(data.identity, data.sender)) {
    throw new ConfigurationError([fieldProblem('identity')]);
  }
  return data;
}

/** Domains that belong to nobody: RFC 2606. */
const reserved = /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/;

const isExample = (address: string | undefined) => address !== undefined && reserved.test(domainOf(address));

/** Names of the settings that still hold the values that cdk.json ships with, or others like them. */
export function exampleValues(configuration: Configuration): readonly (keyof Configuration)[] {
  const { sender, postalAddress, contact, identity, alarmAddress } = configuration;
  const found = {
    sender: isExample(senderAddress(sender)),
    postalAddress: /\bexample (name|street|city)\b/i.test(postalAddress),
    contact: isExample(contact),
    identity: isExample(identity),
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
