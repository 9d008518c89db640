/**
 * How a send went wrong. `rejected`: this mail will never be taken. `not-composed`: not taken because of how we wrote it;
 * the fault is ours, and it may be tried again once that is mended. `throttled`: not taken, may be tried again soon.
 * `quota-exhausted` and `paused`: not taken, and neither would any other be for now. `lost`: nobody knows whether it
 * was taken. A reason holds no address.
 */
export type SendFailure =
  | { readonly kind: 'rejected' | 'not-composed'; readonly reason: string }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'quota-exhausted' }
  | { readonly kind: 'paused'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

interface FailedCall {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const throttled = /^(Throttling|ThrottlingException|RequestThrottled|TooManyRequestsException|LimitExceededException)$/;

/** Failures that only the admin can end, and that meet every mail alike. */
const halting = new Set([
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
  'ConfigurationSetDoesNotExistException',
  'MailFromDomainNotVerifiedException',
  'ProductionAccessNotGrantedException',
  'AccessDenied',
  'AccessDeniedException',
  'OptInRequired',
  'NotAuthorized',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'CredentialsProviderError',
  'UnrecognizedClientException',
]);

/**
 * Fixed words for SES's messages, which themselves name addresses.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
 */
const knownMessages: readonly [RegExp, string][] = [
  [/\btag (name|value)|message tag/i, 'a tag is malformed'],
  [/^email address is not verified/i, 'an address is not verified'],
  [/^sending paused for this account/i, 'sending is paused for this account'],
  [/blacklisted|suppression list/i, 'the address is suppressed'],
  [/message length|too long|larger than/i, 'the message is too long'],
  [/address|domain|local part/i, 'an address is malformed'],
  [/header/i, 'a header is malformed'],
];

/** Reasons that no address can be blamed for. */
const ours = /: (a tag|a header) is malformed$|: the message is too long$/;

function reasonOf({ name, message }: FailedCall): string {
  const words = knownMessages.find(([pattern]) => pattern.test(message))?.[1];
  const safeName = /^[A-Za-z.]{1,60}$/.test(name) ? name : 'unnamed error';
  return words ? `${safeName}: ${words}` : safeName;
}

/**
 * No connection came about, or it refused a part of the request: SES takes no part of one. A connection that breaks off
 * otherwise, even one that had been kept, may have carried all of it.
 */
function hasNotArrived({ name, message, code, syscall }: FailedCall): boolean {
  if (name === 'TimeoutError' && message.includes('did not establish a connection')) return true;
  if (syscall === 'connect' || syscall === 'getaddrinfo' || syscall === 'write') return true;
  if (message.includes('before secure TLS connection was established')) return true;
  return /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\b/.test(`${code} ${message}`);
}

function isSenderUnverified(message: string, from: string): boolean {
  const [, identities] = /^Email address is not verified\..*region [^:]*: (.*)$/is.exec(message) ?? [];
  return (identities ?? '')
    .toLowerCase()
    .split(/[\s,<>]+/)
    .includes(from.toLowerCase());
}

/**
 * Reads what SES (v1 Query API) or the way to it answered instead of a message id; `from` is the sender's bare address.
 */
export function classifyFailure(error: unknown, from: string): SendFailure {
  const failed: FailedCall = error instanceof Error ? error : new Error(String(error));
  const { name, message, $metadata } = failed;
  const reason = reasonOf(failed);
  const status = $metadata?.httpStatusCode;
  if (halting.has(name)) return { kind: 'paused', reason };
  if (status === undefined) return hasNotArrived(failed) ? { kind: 'throttled' } : { kind: 'lost', reason };
  if (throttled.test(name) || status === 429 || status === 408) {
    return /daily .*quota/i.test(message) ? { kind: 'quota-exhausted' } : { kind: 'throttled' };
  }
  // A server that failed may have taken the mail before it did; so may one whose answer cannot be read.
  if (status < 400 || status >= 500) return { kind: 'lost', reason };
  if (isSenderUnverified(message, from)) return { kind: 'paused', reason: `${name}: the sender is not verified` };
  // 400 speaks of this request; every other status of the way to SES, which is the same for the next mail.
  const isAboutThisMail = status === 400 && !/^sending paused/i.test(message);
  if (!isAboutThisMail) return { kind: 'paused', reason };
  return { kind: ours.test(reason) ? 'not-composed' : 'rejected', reason };
}
