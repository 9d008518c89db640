import * as z from 'zod/mini';
import { webAddress } from '../../shared/contract/env.js';
import { isAddress, isDomain, splitMailbox } from '../../shared/domain/subscriber/mail-address.js';

/** The address of a sender written as `Name <address>` or as an address alone; `undefined` for any other text. */
export function senderAddress(sender: string): string | undefined {
  const { name, address } = splitMailbox(sender);
  const isWrittenSo = sender === address || (/^[^"\p{Cc}]+$/u.test(name) && sender === `${name} <${address}>`);
  return isWrittenSo && isAddress(address) ? address : undefined;
}

const text = (isIt: (text: string) => boolean, description: string) =>
  z.string().check(z.refine(isIt), z.describe(description));
const pattern = (regex: RegExp, description: string) => z.string().check(z.regex(regex), z.describe(description));

function isWebAddress(text: string): boolean {
  try {
    return webAddress(text) !== '';
  } catch {
    return false;
  }
}

const sourceAddress = z.string().check(z.refine(isWebAddress));

/** Where the sources are asked in place of their real addresses; nobody but a rehearsal needs to write this. */
const sources = z
  .strictObject({
    huggingFaceUrl: sourceAddress,
    arxivFeedUrl: sourceAddress,
    arxivApiUrl: sourceAddress,
    githubApiUrl: sourceAddress,
    /** Between two requests to arXiv. */
    arxivPauseMs: z.int().check(z.minimum(0)),
  })
  .check(z.describe('Leave this out: a rehearsal of a deployment plays the sources at these addresses.'));

const hostedZone = z
  .strictObject({
    id: pattern(/^Z[A-Z0-9]{1,31}$/, 'Id of the zone in Route 53, such as Z0123456789ABCDEFGHIJ.'),
    name: text(isDomain, 'Name of the zone, such as your-domain.org.'),
  })
  .check(
    z.describe(
      'The public Route 53 zone that holds domain: the certificate and all records are made in it. Or write certificateArn.',
    ),
  );

/** Every setting of paperboy.config.json. */
export const settings = z.strictObject({
  $schema: z.optional(z.string().check(z.describe('Where editors find these descriptions.'))),
  sender: text(
    (given) => senderAddress(given) !== undefined,
    'From of every mail: "Name <address>", or an address alone.',
  ),
  postalAddress: z
    .string()
    .check(
      z.regex(/^\P{Cc}{1,300}$/u),
      z.regex(/\S/),
      z.describe('Shown at the foot of every mail, as the law of many countries requires. One line.'),
    ),
  contact: text(
    isAddress,
    'Email address of whoever runs this service: shown on the pages, and in the user agent that the sources see.',
  ),
  stage: z.optional(
    pattern(
      /^[a-z][a-z0-9]{0,11}$/,
      'Names another Paperboy in the same account and region: its stack is Paperboy-<stage>. Leave it out for the only one.',
    ),
  ),
  identity: z.optional(
    text(
      (given) => isAddress(given) || isDomain(given),
      "An SES identity that exists already, the sender's address or its domain. Without it the stack creates one.",
    ),
  ),
  domain: z.optional(
    text(
      isDomain,
      "Domain of the pages and links, such as papers.your-domain.org. Needs hostedZone or certificateArn. Without it they are at the API's own address.",
    ),
  ),
  hostedZone: z.optional(hostedZone),
  certificateArn: z.optional(
    pattern(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-z0-9-]+$/,
      "ARN of an issued certificate for domain, in the stack's region, where its zone is not in Route 53: the deployment prints the records to enter.",
    ),
  ),
  publishHour: z._default(
    z
      .int()
      .check(
        z.minimum(0),
        z.maximum(23),
        z.describe('Hour of the day (UTC) from which the edition of the day is published.'),
      ),
    5,
  ),
  categories: z._default(
    z
      .array(z.string().check(z.regex(/^[a-z]+(-[a-z]+)*(\.[A-Za-z]+(-[a-z]+)*)?$/)))
      .check(z.minLength(1), z.describe('arXiv categories to read, such as cs.AI.')),
    ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG'],
  ),
  sendRate: z._default(
    z
      .int()
      .check(
        z.minimum(1),
        z.maximum(10_000),
        z.describe(
          'Mails a second that SES lets the account send: so many can be sent at the same time. SES itself says each day what it takes.',
        ),
      ),
    14,
  ),
  alarmAddress: z.optional(
    text(
      isAddress,
      'Email address that alarms go to; AWS asks it once to confirm. Without it nobody hears the alarms.',
    ),
  ),
  monthlyBudgetUsd: z.optional(
    z
      .int()
      .check(
        z.minimum(1),
        z.maximum(1_000_000),
        z.describe(
          "Mails alarmAddress when the account's month costs 80 % of so many US dollars, or will exceed them. Stops nothing.",
        ),
      ),
  ),
  githubTokenSecret: z.optional(
    pattern(
      // With the six characters that Secrets Manager appends: the grant names this secret and no other.
      /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
      'Complete ARN of a secret whose text is a GitHub token: with it, GitHub is asked for the stars that Hugging Face does not give.',
    ),
  ),
  subscribersTable: z.optional(
    pattern(
      /^[A-Za-z0-9_.-]{3,255}$/,
      "Name of a Subscribers table that was restored from a backup and is to be used in place of the stack's own. Nothing is sent from it before `npm run cli -- restore replay` has ended.",
    ),
  ),
  sources: z.optional(sources),
});

/** The settings by name, as JSON Schema (draft 2020-12) for editors. */
export function settingsSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(settings, { io: 'input' });
  return { $schema, title: 'paperboy.config.json', ...schema };
}
