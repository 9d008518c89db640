import * as z from 'zod/mini';
import { webAddress } from '../../shared/contract/env.js';
import { addressForm, addressOf, domainForm, domainOf } from './mail-address.js';

/** Something the admin wrote does not do; each problem is one line that says what to write. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const address = z.string().check(z.regex(addressForm));
// With the six characters that Secrets Manager adds: the grant names this secret and no other.
const secretArn = z
  .string()
  .check(z.regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/));
const category = z.string().check(z.regex(/^[a-z]+(-[a-z]+)*(\.[A-Za-z]+(-[a-z]+)*)?$/));

const sourceAddress = z.string().check(z.refine(isWebAddress));

/** Where the sources are asked in place of their real addresses: a rehearsal plays them; nobody else needs to write this. */
const sources = z.strictObject({
  huggingFaceUrl: sourceAddress,
  arxivFeedUrl: sourceAddress,
  arxivApiUrl: sourceAddress,
  githubApiUrl: sourceAddress,
  /** Between two requests to arXiv. */
  arxivPauseMs: z.int().check(z.minimum(0)),
});

const schema = z.strictObject({
  /** `Name <address>` or an address. */
  sender: z.string().check(z.refine((text) => addressOf(text) !== undefined)),
  /** Stands at the foot of every mail, as the law of many countries asks. */
  postalAddress: z.string().check(z.regex(/^\P{Cc}{1,300}$/u), z.regex(/\S/)),
  /** Mail address on the pages and in the user agent. */
  contact: address,
  /** SES identity that exists already. Without it the stack creates one for the sender's address. */
  identity: z.optional(z.string().check(z.refine((text) => addressForm.test(text) || domainForm.test(text)))),
  /** Hour of the day (UTC) from which the day's edition may be published. */
  publishHour: z._default(z.int().check(z.minimum(0), z.maximum(23)), 5),
  /** arXiv categories to read. */
  categories: z._default(z.array(category).check(z.minLength(1)), ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG']),
  /** Where alarms are mailed to. */
  alarmAddress: z.optional(address),
  /** Complete ARN of the secret whose text is a GitHub token: with it, stars are asked of GitHub too. */
  githubTokenSecret: z.optional(secretArn),
  sources: z.optional(sources),
});

/** What the admin writes in cdk.json under `context.paperboy`, with its defaults. */
export type Configuration = z.infer<typeof schema>;

const whatToWrite: Record<keyof Configuration, string> = {
  sender: 'write an address such as "Paperboy <papers@your-domain.org>"',
  postalAddress: 'write the postal address for the foot of every mail, such as "Your Name, 1 Your Street, Your City"',
  contact: 'write the mail address of the one who answers for this service, such as "you@your-domain.org"',
  identity: 'write the sender\'s own address or its domain, as SES has verified it, such as "your-domain.org"',
  publishHour: 'write a whole hour of the day in UTC, 0 to 23, such as 5',
  categories: 'write arXiv categories, such as ["cs.AI", "cs.CL"]',
  alarmAddress: 'write the mail address that alarms go to, such as "you@your-domain.org"',
  githubTokenSecret:
    'write the complete ARN of the secret that holds the token, such as "arn:aws:secretsmanager:eu-west-1:123456789012:secret:github-token-Ab12Cd"',
  sources: 'leave this out: it is there to rehearse a deployment with sources played on one machine',
};

/** What an admin may want to write. */
const settings = Object.keys(whatToWrite).filter((name) => name !== 'sources');

const place = 'cdk.json, context.paperboy';

const fieldProblem = (field: string) => `${place}.${field}: ${whatToWrite[field as keyof Configuration]}`;

function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const [field] = issue.path;
  if (issue.code === 'unrecognized_keys' && field === undefined) {
    return issue.keys.map((key) => `${place}.${key}: there is no such setting; write one of ${settings.join(', ')}`);
  }
  return [
    field === undefined
      ? `${place}: write { "sender": …, "postalAddress": …, "contact": … }`
      : fieldProblem(String(field)),
  ];
}

function isWebAddress(text: string): boolean {
  try {
    return webAddress(text) !== '';
  } catch {
    return false;
  }
}

/** SES lets an identity send for its own address, its own domain and the domains below it. */
function speaksFor(identity: string, sender: string): boolean {
  const from = addressOf(sender) ?? '';
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
