import { CliError } from '../command/cli-error.js';
import type { Place } from '../command/command.js';

type Deployed = Extract<Place, { kind: 'deployed' }>;

/** What the SDK's errors mean to an admin, by their name, code or message; the first that fits. */
const troubles: readonly (readonly [sign: RegExp, say: (place: Deployed, error: Error) => string])[] = [
  [
    /does not exist/,
    ({ stack, region }) =>
      `--stack: there is no stack ${stack} in ${region ?? 'this region'} of this account; \`aws cloudformation list-stacks\` lists them, and --region or --profile choose another place`,
  ],
  [
    /region is missing/i,
    () => 'no region is chosen: add --region REGION, or set AWS_REGION or give the profile a region',
  ],
  [
    /could not (be found|resolve credentials using profile)|profile .*(not found|could not)/i,
    ({ profile }) =>
      `the AWS configuration has no credentials for profile ${profile ?? process.env.AWS_PROFILE ?? 'default'}: name another by --profile, or run \`aws configure\``,
  ],
  [
    /expired/i,
    () =>
      'the AWS credentials have expired: sign in again with `aws sso login`, or get new ones, and repeat the command',
  ],
  [
    /CredentialsProviderError|TokenProviderError|could not load credentials/i,
    () => 'there are no AWS credentials: sign in with `aws sso login` or `aws configure`, or add --profile NAME',
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|AuthFailure|security token.*invalid/i,
    () =>
      'AWS does not take these credentials: sign in again with `aws sso login` or `aws configure`, or add --profile NAME',
  ],
  [
    /AccessDenied|not authorized/i,
    (_, { message }) => `AWS allows this to somebody else: ${message}; use a --profile that may do it`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|TimeoutError|socket hang up/i,
    (_, { name, message }) =>
      `AWS cannot be reached (${message || name}): look at your network, proxy and --region, and repeat the command`,
  ],
];

/** Says in one line what AWS or the way to it refused; any other error is left as it is. */
export function awsTrouble(error: unknown, place: Deployed): unknown {
  if (!(error instanceof Error) || error instanceof CliError) return error;
  const { name, message } = error;
  const { code } = error as NodeJS.ErrnoException;
  const told = `${name} ${code ?? ''} ${message}`;
  const found = troubles.find(([sign]) => sign.test(told));
  return found ? new CliError(found[1](place, error).replace(/\s+/g, ' '), { cause: error }) : error;
}
