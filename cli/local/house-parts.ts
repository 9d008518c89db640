import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { type AlarmBoard, openAlarms } from './alarms/alarms.js';
import type { ApiService, Caller } from './api-call.js';
import type { HouseClock } from './clock.js';
import { folderIn } from './data-folder.js';
import type { Surroundings } from './functions/activity.js';
import { type AsyncInvocations, openAsyncInvocations } from './functions/async-invocations.js';
import { newAccountConcurrency, openExecutions } from './functions/executions.js';
import { type LambdaFunction, openFunctions } from './functions/functions.js';
import { type MailEvents, mailEvents } from './mail/mail-events.js';
import { mailService, type SendQuota } from './mail/mail-service.js';
import { type MailStore, openMailStore } from './mail/mail-store.js';
import { deliverTo } from './queues/deliver.js';
import { eventService } from './queues/event-calls.js';
import { queueService } from './queues/queue-calls.js';
import { type Feeds, openFeeds } from './queues/queue-feeds.js';
import { openQueues, type Queue } from './queues/queues.js';
import { openRules, type Rules } from './queues/rules.js';
import { openSecrets } from './secrets.js';
import { openTables, type Tables } from './tables.js';
import { readGrants } from './template/role-grants.js';
import type { Stack } from './template/stack.js';
import type { CloudFormationTemplate } from './template/template.js';

/** What a house is opened with. */
export interface HouseOptions {
  readonly template: CloudFormationTemplate;
  /** The `cdk.out` folder with the functions' code. */
  readonly assembly: string;
  /** Keeps the state across processes; without it everything is in memory. */
  readonly dataDir?: string;
  readonly clock: HouseClock;
  /** No function runs: whatever waits in the queues is left there, and what is sent waits as well. */
  readonly isAtRest?: boolean;
  /** Overrides a function's variables; names it does not have are ignored. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Texts of secrets that the template names but does not create, by ARN; kept in memory only. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Addresses and domains that may send, besides the template's own identities. */
  readonly identities?: readonly string[];
  readonly sendQuota?: SendQuota;
  /** Plays SES's sandbox: receivers must be among the identities too. */
  readonly isSandboxed?: boolean;
  /** How many functions may run at the same time; by default what a new account has, 10. */
  readonly accountConcurrency?: number;
  /** Receives each line that a function writes. */
  readonly log?: (line: string) => void;
}

/** Everything that is played, wired as in the template. */
export interface HouseParts {
  readonly tables: Tables;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly rules: Rules;
  readonly store: MailStore;
  readonly mailEvents: MailEvents;
  readonly invocations: AsyncInvocations;
  readonly services: ReadonlyMap<string, ApiService>;
  readonly callers: ReadonlyMap<string, Caller>;
  readonly feeds: Feeds;
  readonly alarms: AlarmBoard;
}

interface PartsOptions extends HouseOptions {
  readonly stack: Stack;
  readonly surroundings: Surroundings;
  readonly endpoint: string;
  readonly operatorKeyId: string;
}

/** An account outside the sandbox, fast enough for a laptop. */
const ordinaryQuota: SendQuota = { max24Hour: 50_000, perSecond: 200 };

/** A key id that nobody else on this machine can guess. */
export function newKeyId(): string {
  return `AKIA${randomBytes(16).toString('hex').toUpperCase()}`;
}

/** Opens every part, each with a folder of its own in the data folder. */
export async function openParts(options: PartsOptions): Promise<HouseParts> {
  const { stack, surroundings, endpoint, dataDir } = options;
  const root = dataDir === undefined ? undefined : { path: dataDir, broken: surroundings.breakDown };
  const folder = (name: string) => folderIn(root, name);
  const keyIds = new Map<string, string>();
  const keyIdOf = (arn: string) => keyIds.get(arn) ?? keyIds.set(arn, newKeyId()).get(arn) ?? '';
  const executions = openExecutions(options.accountConcurrency ?? newAccountConcurrency);
  const functions = openFunctions(stack, {
    assembly: options.assembly,
    clock: options.clock,
    overrides: options.environment ?? {},
    endpoint,
    keyIdOf,
    log: options.log ?? (() => undefined),
    executions,
    surroundings,
  });
  const queues = openQueues(stack, surroundings, folder('queues'));
  const feeds = openFeeds(stack, { queues, functions: [...functions.values()], executions, surroundings });
  const invocations = openAsyncInvocations(functions, queues, surroundings, folder('invocations'));
  const functionsBehind = (arn: string) => [functions.get(arn) ?? [], feeds.fedBy(arn)].flat().map(({ id }) => id);
  const deliver = deliverTo({ functions, queues, invocations, surroundings });
  const rules = openRules(stack, { functionsBehind, deliver });
  const store = openMailStore(folder('mails'));
  const reports = mailEvents(stack, rules, store, surroundings);
  const tables = await openTables(stack, folder('tables')?.path);
  const services = new Map<string, ApiService>([
    ['dynamodb', tables.service],
    ['sqs', queueService(queues, surroundings.now)],
    ['events', eventService(rules, surroundings.now)],
    ['secretsmanager', openSecrets(stack, surroundings.now, folder('secrets'), options.secrets)],
    ['ses', openMailService(options, store, reports)],
  ]);
  const callers = callersOf(stack, functions, keyIdOf, options.operatorKeyId);
  const alarms = openAlarms(stack, {
    clock: options.clock,
    queues: [...queues.values()],
    metrics: surroundings.metrics,
  });
  return {
    tables,
    functions,
    queues,
    rules,
    store,
    mailEvents: reports,
    invocations,
    services,
    callers,
    feeds,
    alarms,
  };
}

function openMailService(options: PartsOptions, store: MailStore, reports: MailEvents): ApiService {
  const nothing = z.unknown();
  const verified = options.stack.all(['AWS::SES::EmailIdentity'], nothing).map(({ name }) => name);
  return mailService({
    store,
    identities: [...verified, ...(options.identities ?? [])],
    configurationSets: options.stack.all(['AWS::SES::ConfigurationSet'], nothing).map(({ name }) => name),
    quota: options.sendQuota ?? ordinaryQuota,
    isSandboxed: options.isSandboxed ?? false,
    now: options.surroundings.now,
    accepted: reports.report,
  });
}

function callersOf(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
  keyIdOf: (arn: string) => string,
  operatorKeyId: string,
): ReadonlyMap<string, Caller> {
  const grants = readGrants(stack);
  const callers = new Map<string, Caller>([[operatorKeyId, { name: 'the operator', mayCall: () => true }]]);
  for (const { id, arn, roleArn } of functions.values()) {
    callers.set(keyIdOf(arn), { name: id, mayCall: grants.get(roleArn) ?? (() => false) });
  }
  return callers;
}
