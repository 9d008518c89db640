import { getRequestListener } from '@hono/node-server';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { StatusView } from '../house/status/describe-status.js';
import { openAgenda } from './agenda.js';
import type { RaisedAlarm } from './alarms/alarms.js';
import { openMetrics } from './alarms/metrics.js';
import { lockDataDir } from './data-folder.js';
import { type Surroundings, startActivity } from './functions/activity.js';
import { gatewayListener } from './gateway.js';
import { type HouseOptions, type HouseParts, newKeyId, openParts } from './house-parts.js';
import { httpApiListener } from './http/http-api.js';
import { inboxPage } from './mail/inbox-page.js';
import type { StoredMail } from './mail/mail-store.js';
import type { Queue, QueueCounts } from './queues/queues.js';
import { type HouseServers, openServers } from './servers.js';
import { readStack, type Stack } from './template/stack.js';

/** A synthesized template, played on this machine. */
export interface House {
  /** Where AWS SDKs find the played services. */
  readonly endpoint: string;
  /** Where the HTTP API answers. */
  readonly pagesUrl: string;
  readonly inboxUrl: string;
  /** The operator's key, which may call everything. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A stack output, with its value on this machine. */
  output(name: string): string;
  /** The earliest instant after this one at which a schedule is due, or something waits to be tried again. */
  nextScheduled(after: Instant): Instant;
  /** Fires every schedule that is due at exactly this instant; `settle` waits for what follows. */
  runSchedules(at: Instant): Promise<void>;
  /** Fires the schedules of the functions whose logical id starts with this, due or not. */
  fire(functionId: string): Promise<void>;
  /**
   * Resolves when no invocation is running, every event is delivered and no queue that feeds a function has a visible
   * message; throws one clear line when the house can keep nothing any more.
   */
  settle(): Promise<void>;
  /** What the played SES accepted, oldest first. */
  mails(): readonly StoredMail[];
  /** Throws one clear line when the house can keep nothing any more. */
  check(): void;
  /** Failed invocations, refused calls and dead letters, one line each. */
  failures(): readonly string[];
  /** The template's alarms that are in alarm now. */
  alarms(): readonly RaisedAlarm[];
  /** How many of the template's alarms are judged. */
  readonly watchedAlarms: number;
  /** What lies in each queue now, by the queue's name. */
  queues(): readonly (QueueCounts & Pick<Queue, 'name' | 'url'>)[];
  /** Shows on a page beside the inbox how everything is going, read anew each time. */
  showStatus(read: () => Promise<StatusView>): void;
  close(): Promise<void>;
}

/**
 * Opens a house; throws one clear line when its data folder is in use, or when the template has something that is not
 * played.
 */
export async function openHouse(options: HouseOptions): Promise<House> {
  const unlock = options.dataDir === undefined ? () => undefined : lockDataDir(options.dataDir);
  const closers: (() => unknown)[] = [unlock];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const servers = await openServers(options.dataDir, options.isAtRest);
    for (const { close } of Object.values(servers)) closers.push(close);
    return await furnish(options, servers, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function furnish(
  options: HouseOptions,
  servers: HouseServers,
  closers: (() => unknown)[],
  closeAll: () => Promise<void>,
): Promise<House> {
  const failures: string[] = [];
  const { surroundings, beginClosing, check } = surroundingsOf(options, failures);
  const [endpoint, pagesUrl] = [servers.gateway.url, servers.pages.url];
  const stack = readStack(options.template, { endpoint, pagesUrl });
  const operatorKeyId = newKeyId();
  const parts = await openParts({ ...options, stack, surroundings, endpoint, operatorKeyId });
  closers.push(parts.tables.close, surroundings.activity.idle);
  for (const { close } of parts.functions.values()) closers.push(close);
  const { showStatus } = serve(servers, stack, parts, surroundings);
  closers.push(parts.alarms.close, surroundings.agenda.close, options.clock.onSet(parts.feeds.wake), beginClosing);

  if (!options.isAtRest) {
    parts.mailEvents.resume();
    parts.invocations.resume();
    parts.feeds.wake();
  }
  const settle = async () => {
    parts.feeds.wake();
    await surroundings.activity.idle();
    check();
  };
  return {
    endpoint,
    pagesUrl,
    inboxUrl: servers.inbox.url,
    credentials: { accessKeyId: operatorKeyId, secretAccessKey: 'not checked on this machine' },
    output: stack.output,
    nextScheduled: (after) => Math.min(parts.rules.nextScheduled(after), surroundings.agenda.next(after)),
    runSchedules: async (at) => parts.rules.fireDue(at),
    fire: async (functionId) => parts.rules.fire(functionId, surroundings.now()),
    settle,
    check,
    mails: () => parts.store.mails,
    failures: () => failures,
    alarms: parts.alarms.raised,
    watchedAlarms: parts.alarms.watched,
    showStatus,
    queues: () => [...parts.queues.values()].map(({ name, url, counts }) => ({ name, url, ...counts() })),
    close: closeAll,
  };
}

function serve(servers: HouseServers, stack: Stack, parts: HouseParts, surroundings: Surroundings) {
  const { services, callers, functions, store, alarms } = parts;
  servers.gateway.serve(gatewayListener({ services, callers, surroundings }));
  servers.pages.serve(httpApiListener(stack, functions, surroundings));
  let readStatus: (() => Promise<StatusView>) | undefined;
  const inbox = inboxPage({ mails: () => store.mails, alarms: alarms.raised, status: () => readStatus });
  servers.inbox.serve(getRequestListener(inbox.fetch));
  return {
    showStatus(read: () => Promise<StatusView>) {
      readStatus = read;
    },
  };
}

function surroundingsOf({ clock, isAtRest = false }: HouseOptions, failures: string[]) {
  // At rest what is sent or published is kept, and nothing begins that would only be cut off.
  let isClosing = isAtRest;
  let broken: Error | undefined;
  const surroundings: Surroundings = {
    activity: startActivity(),
    agenda: openAgenda(clock),
    metrics: openMetrics(),
    now: clock.now,
    fail: (line) => failures.push(line),
    breakDown(error) {
      broken ??= error;
      isClosing = true;
    },
    isClosing: () => isClosing,
  };
  const beginClosing = () => {
    isClosing = true;
  };
  const check = () => {
    if (broken) throw broken;
  };
  return { surroundings, beginClosing, check };
}
