import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a played account holds. */
export interface PlayedAccount {
  /** Version of the bootstrap stack; absent where there is none. */
  readonly bootstrap?: string;
  readonly credentialsWork: boolean;
  /** Status of the stack by name, with the identities that it made. */
  readonly stacks: Readonly<Record<string, { readonly status: string; readonly identities?: readonly string[] }>>;
  readonly freeExecutions: number;
  readonly isInSandbox: boolean;
  readonly isPaused?: boolean;
  /** Whether each identity that SES knows is verified. */
  readonly identities: Readonly<Record<string, boolean>>;
  /** Services that answer everything with a refusal. */
  readonly refused?: readonly string[];
}

interface Answer {
  readonly status?: number;
  readonly body: string | object;
  readonly error?: string;
}

/** Plays on loopback what a preflight asks of AWS; notes every action that it was asked for. */
export async function playAccount(account: PlayedAccount): Promise<{
  readonly endpoint: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { name, service } = callOf(request, body);
      asked.push(name);
      const answer = account.refused?.includes(service)
        ? refusal(service)
        : (answers[name]?.(account, new URLSearchParams(body), request) ?? {
            status: 501,
            body: `${name} is not played`,
          });
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      const kind = text.startsWith('<') ? 'text/xml' : 'application/json';
      const headers = { 'content-type': kind, ...(answer.error && { 'x-amzn-errortype': answer.error }) };
      response.writeHead(answer.status ?? 200, headers).end(text);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, asked, close: () => closed(server) };
}

const closed = (server: Server) => {
  server.closeAllConnections();
  return new Promise<void>((done) => server.close(() => done()));
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function callOf({ url = '', headers }: IncomingMessage, body: string): { name: string; service: string } {
  const service = /\/([a-z]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
  const target = headers['x-amz-target']?.toString().split('.')[1];
  const action =
    target ?? new URLSearchParams(body).get('Action') ?? url.split('?')[0]?.split('/').slice(0, 4).join('/');
  return { name: action ?? '', service };
}

const xmlError = (code: string, message: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

function refusal(service: string): Answer {
  if (['sts', 'cloudformation'].includes(service)) return { ...xmlError('AccessDenied', 'no'), status: 403 };
  return { status: 403, error: 'AccessDeniedException', body: { __type: 'AccessDeniedException', message: 'no' } };
}

const noStack = (name: string) => xmlError('ValidationError', `Stack with id ${name} does not exist`);

const answers: Record<string, (account: PlayedAccount, query: URLSearchParams, request: IncomingMessage) => Answer> = {
  GetCallerIdentity: ({ credentialsWork }) =>
    credentialsWork
      ? {
          body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
        }
      : { ...xmlError('ExpiredToken', 'The security token included in the request is expired'), status: 403 },
  GetParameter: ({ bootstrap }) =>
    bootstrap === undefined
      ? { status: 400, body: { __type: 'ParameterNotFound' } }
      : { body: { Parameter: { Value: bootstrap } } },
  DescribeStacks({ stacks }, query) {
    const name = query.get('StackName') ?? '';
    const stack = stacks[name];
    if (!stack) return noStack(name);
    const member = `<member><StackName>${name}</StackName><CreationTime>2026-11-26T00:00:00Z</CreationTime><StackStatus>${stack.status}</StackStatus></member>`;
    return {
      body: `<DescribeStacksResponse><DescribeStacksResult><Stacks>${member}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    };
  },
  ListStackResources({ stacks }, query) {
    const name = query.get('StackName') ?? '';
    const stack = stacks[name];
    if (!stack) return noStack(name);
    const members = (stack.identities ?? []).map(
      (identity) =>
        `<member><LogicalResourceId>I</LogicalResourceId><PhysicalResourceId>${identity}</PhysicalResourceId><ResourceType>AWS::SES::EmailIdentity</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-26T00:00:00Z</LastUpdatedTimestamp></member>`,
    );
    return {
      body: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${members.join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
    };
  },
  '/2016-08-19/account-settings': ({ freeExecutions }) => ({
    body: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: freeExecutions } },
  }),
  '/v2/email/account': ({ isInSandbox, isPaused }) => ({
    body: {
      ProductionAccessEnabled: !isInSandbox,
      SendingEnabled: isPaused !== true,
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14 },
    },
  }),
  '/v2/email/identities'({ identities }, _query, { url = '' }) {
    const isVerified = identities[decodeURIComponent(url.split('/').at(-1) ?? '')];
    return isVerified === undefined
      ? { status: 404, error: 'NotFoundException', body: { message: 'no such identity' } }
      : { body: { VerifiedForSendingStatus: isVerified } };
  },
};
