import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as SES would read it: the form's fields. */
export type SesRequest = Record<string, string>;

/** What the stand-in does with a request that it has read. */
export type SesReply = (response: ServerResponse, request: SesRequest) => void;

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

function answer(status: number, xml: string): SesReply {
  return (response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
}

export const accepted = (messageId: string): SesReply =>
  answer(
    200,
    `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>${messageId}</MessageId></SendRawEmailResult>` +
      '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>',
  );

export const quotaOf = (daily: number, rate: number, sent: number): SesReply =>
  answer(
    200,
    `<GetSendQuotaResponse xmlns="${namespace}"><GetSendQuotaResult><Max24HourSend>${daily}</Max24HourSend>` +
      `<MaxSendRate>${rate}</MaxSendRate><SentLast24Hours>${sent}</SentLast24Hours></GetSendQuotaResult>` +
      '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetSendQuotaResponse>',
  );

export const refused = (status: number, code: string, message: string): SesReply =>
  answer(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
      '<RequestId>r</RequestId></ErrorResponse>',
  );

async function readForm(request: IncomingMessage): Promise<SesRequest> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return Object.fromEntries(new URLSearchParams(body));
}

/** A loopback server that answers each request by the next reply, and by the last one ever after. */
export async function sesStandIn(...replies: [SesReply, ...SesReply[]]) {
  const requests: SesRequest[] = [];
  // Idle connections are closed when a test says so.
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const form = await readForm(request);
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    requests.push(form);
    reply?.(response, form);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const closed: Promise<unknown>[] = [];
  server.on('connection', (socket) => closed.push(new Promise((over) => socket.once('close', over))));
  return {
    requests,
    /** One for each connection that was made, which resolves when it is closed. */
    closed,
    closeIdle: () => server.closeIdleConnections(),
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
