import type { CallContext, Grants } from './template/role-grants.js';

/** Who calls: a function with its role's grants, or the operator, who may do everything. */
export interface Caller {
  readonly name: string;
  readonly mayCall: Grants;
}

/** One call of an AWS service, as received. */
export interface ApiCall {
  readonly caller: Caller;
  readonly action: string;
  /** The JSON body, or the form's fields. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service that the gateway serves. */
export interface ApiService {
  /** How answers and errors are written. */
  readonly protocol: Protocol;
  /** The action by its IAM name, with its service: `sqs:SendMessage` for SendMessageBatch too. */
  permission(action: string): string;
  /** ARNs that the call touches; `*` where IAM has no resource for the action. */
  resources(call: ApiCall): readonly string[];
  /** What conditions of policies may ask about the call; nothing when left out. */
  context?(call: ApiCall): CallContext;
  answer(call: ApiCall): Promise<ApiAnswer>;
}

export interface Protocol {
  answer(action: string, result: unknown): ApiAnswer;
  error(error: CallError): ApiAnswer;
  /** Code and status of the service's answer to a call that is not granted. */
  readonly denied: { readonly code: string; readonly status: number };
}

/** An error that a service returns to its caller. */
export class CallError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The error for an action that a service does not play. */
export function notPlayed(serviceName: string, call: ApiCall): CallError {
  return new CallError('UnknownOperationException', `the local runner does not play ${serviceName}:${call.action}`);
}

/** AWS JSON: `{"__type": …}` for errors. Format: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function jsonProtocol(version: '1.0' | '1.1'): Protocol {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    denied: { code: 'AccessDeniedException', status: 400 },
    answer: (_action, result) => ({ status: 200, headers, body: JSON.stringify(result) }),
    error: ({ code, message, status }) => ({
      status,
      headers: { ...headers, 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message, Message: message }),
    }),
  };
}

/** AWS Query: form in, XML out. Format: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryProtocol(namespace: string): Protocol {
  const headers = { 'content-type': 'text/xml' };
  return {
    denied: { code: 'AccessDenied', status: 403 },
    answer: (action, result) => ({
      status: 200,
      headers,
      body: `<${action}Response xmlns="${namespace}"><${action}Result>${elements(result)}</${action}Result></${action}Response>`,
    }),
    error: ({ code, message, status }) => ({
      status,
      headers,
      body: `<ErrorResponse xmlns="${namespace}"><Error>${elements({ Type: 'Sender', Code: code, Message: message })}</Error></ErrorResponse>`,
    }),
  };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function elements(fields: unknown): string {
  const text = (value: unknown) => String(value).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
  return Object.entries(fields as object)
    .map(([name, value]) => `<${name}>${text(value)}</${name}>`)
    .join('');
}
