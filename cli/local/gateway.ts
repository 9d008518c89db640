import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiAnswer, type ApiCall, type ApiService, CallError, type Caller, jsonProtocol } from './api-call.js';
import type { Surroundings } from './functions/activity.js';
import { readBody } from './servers.js';
import { arnOf } from './template/physical.js';

/** What the gateway looks up: services by the name they are signed for, callers by access key id. */
export interface GatewayDeps {
  readonly services: ReadonlyMap<string, ApiService>;
  readonly callers: ReadonlyMap<string, Caller>;
  readonly surroundings: Surroundings;
}

const unsigned = jsonProtocol('1.1');
/** The limit of DynamoDB, the service with the largest requests. */
const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * Serves every AWS call of a house. Service and caller are read from the signature's credential scope (the signature
 * itself is not checked: a key id cannot be guessed), the action from the target header or the form.
 */
export function gatewayListener(deps: GatewayDeps): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // The SDK would mistake the difference to a virtual clock for skew, and repeat every call that fails.
    response.sendDate = false;
    readBody(request, bodyLimitBytes)
      .then((body) => answerCall(request, body, deps))
      .then(({ status, headers, body }) => response.writeHead(status, { ...headers }).end(body))
      .catch((error: unknown) => {
        deps.surroundings.fail(`gateway: ${String(error)}`);
        response.destroy();
      });
  };
}

async function answerCall(request: IncomingMessage, body: Buffer, deps: GatewayDeps): Promise<ApiAnswer> {
  const [, keyId = '', serviceName = ''] =
    /Credential=([^/,]+)\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
  const caller = deps.callers.get(keyId);
  if (!caller)
    return unsigned.error(new CallError('UnrecognizedClientException', 'The security token is invalid.', 403));
  const service = deps.services.get(serviceName);
  const { action, input } = readCall(request, body);
  if (!service) {
    deps.surroundings.fail(`${caller.name} called ${serviceName}:${action}, which the local runner does not play`);
    return unsigned.error(new CallError('UnknownOperationException', `${serviceName} is not played on this machine`));
  }
  const call: ApiCall = { caller, action, input, body, headers: request.headers };
  try {
    refuseUngranted(service, call, deps.surroundings);
    return await service.answer(call);
  } catch (error) {
    if (error instanceof CallError) return service.protocol.error(error);
    deps.surroundings.fail(`${serviceName}:${action} of ${caller.name}: ${String(error)}`);
    return service.protocol.error(new CallError('InternalFailure', String(error), 500));
  }
}

function readCall(request: IncomingMessage, body: Buffer): { action: string; input: ApiCall['input'] } {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { action: target.split('.').at(-1) ?? '', input: JSON.parse(body.toString() || '{}') };
  }
  const fields = Object.fromEntries(new URLSearchParams(body.toString()));
  return { action: fields.Action ?? '', input: fields };
}

function refuseUngranted(service: ApiService, call: ApiCall, surroundings: Surroundings): void {
  const permission = service.permission(call.action);
  const context = service.context?.(call);
  for (const resource of service.resources(call)) {
    if (call.caller.mayCall(permission, resource, context)) continue;
    surroundings.fail(`${call.caller.name} may not ${permission} on ${resource}: its role does not grant it`);
    const user = arnOf('sts', `assumed-role/${call.caller.name}`, '');
    const message = `User: ${user} is not authorized to perform: ${permission} on resource: ${resource} because no identity-based policy allows the ${permission} action`;
    throw new CallError(service.protocol.denied.code, message, service.protocol.denied.status);
  }
}
