import { CliError } from '../command/cli-error.js';
import type { Place } from '../command/command.js';

type Deployed = Extract<Place, { kind: 'deployed' }>;

const signIn = 'sign in with `aws sso login` or `aws configure`, or choose another by --profile';

const profileOf = ({ profile = process.env.AWS_PROFILE }: Deployed) => (profile ? ` for profile ${profile}` : '');

/** What the SDK's errors mean to an admin, by their name, code and message; the first that fits. */
const troubles: readonly (readonly [sign: RegExp, say: (place: Deployed, message: string) => string])[] = [
  [
    /Stack with id .* does not exist/,
    ({ stack, region }) =>
      `--stack: there is no stack ${stack} in ${region} of this account; \`aws cloudformation list-stacks\` lists them, and --region or --profile choose another place`,
  ],
  [
    /region is missing/i,
    () => 'no region is chosen: add --region REGION, or set AWS_REGION or give the profile a region',
  ],
  [
    /signature expired|RequestTimeTooSkewed|RequestExpired|signature not yet current/i,
    () => 'AWS refuses the time of this machine: set its clock, and repeat the command',
  ],
  [/expired/i, (place) => `the AWS credentials${profileOf(place)} have expired: ${signIn}, and repeat the command`],
  [
    /CredentialsProviderError|TokenProviderError|could not (load|resolve) credentials/i,
    (place) => `there are no AWS credentials${profileOf(place)}: ${signIn}`,
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|AuthFailure/i,
    (place) => `AWS does not take the credentials${profileOf(place)}: ${signIn}`,
  ],
  [
    /AccessDenied|not authorized/i,
    (_, message) => `AWS does not allow this: ${message}; use a --profile that may do it`,
  ],
  [
    /ResourceNotFound|QueueDoesNotExist|NonExistentQueue/,
    ({ stack }, message) =>
      `${stack} names a table, a queue or a secret that is not there (${message}): look at the stack's resources in CloudFormation`,
  ],
  [
    /Throttl|ThroughputExceeded|TooManyRequests|RequestLimitExceeded/i,
    (_, message) => `AWS takes no more at the moment (${message}): repeat the command in a minute`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|TimeoutError|socket hang up/i,
    (_, message) =>
      `AWS cannot be reached (${message}): look at your network, proxy and --region, and repeat the command`,
  ],
];

/** The answer of a service, or of a proxy in its place. */
function unknownTrouble(error: Error & { readonly $metadata?: { readonly httpStatusCode?: number } }) {
  if (error.$metadata === undefined) return undefined;
  const { name, message, $metadata } = error;
  return `AWS, or a proxy before it, answered ${name} (HTTP ${$metadata.httpStatusCode}, ${message}): look at your proxy and AWS_ENDPOINT_URL, and at the AWS Health Dashboard`;
}

/** Says in one line what AWS or the way to it refused; any other error is left as it is. */
export function awsTrouble(error: unknown, place: Deployed): unknown {
  if (!(error instanceof Error) || error instanceof CliError) return error;
  const { name, message } = error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const found = troubles.find(([sign]) => sign.test(`${name} ${code} ${message}`));
  const told = found ? found[1](place, message || code || name) : unknownTrouble(error);
  return told === undefined ? error : new CliError(told.replace(/\s+/g, ' '), { cause: error });
}
