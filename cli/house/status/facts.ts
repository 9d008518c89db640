import type { CalendarDate, Instant } from '../../../shared/domain/calendar-date.js';
import type { SourceHealth } from '../../../shared/domain/paper/source-health.js';
import type { KnownStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { RunBalance } from '../../../shared/domain/subscriber/outcome.js';
import type { MailSort, MailTally } from '../../../shared/domain/subscriber/reputation/breaker.js';

/** A fact, or in words why it could not be read. */
export type Known<Fact> = { readonly value: Fact } | { readonly unknown: string };

/** The newest edition of the last 31 days. */
export interface EditionFact {
  readonly date: CalendarDate;
  readonly publishedAt: Instant;
  readonly papers: number;
}

/** All digests of one edition so far; `broken` counts those of the open ones that a fault of ours holds up. */
export interface RunFact extends RunBalance {
  readonly batches: number;
  readonly openBatches: number;
  readonly broken: number;
}

/** A queue by the function that it belongs to; `dead-letters` is what was given up, `undelivered` what never arrived. */
export interface QueueFact {
  readonly name: string;
  readonly kind: 'work' | 'dead-letters' | 'undelivered';
  readonly visible: number;
  readonly inFlight: number;
  /** Age of the oldest message; absent where nobody measured it. */
  readonly oldestMs?: number;
}

/** The alarms that are watched: how many, which are in alarm, and how many would tell nobody. */
export interface AlarmFacts {
  readonly watched: number;
  readonly unheard: number;
  readonly raised: readonly { readonly name: string; readonly description: string; readonly since: Instant }[];
}

/** What should be switched on: schedules, and queues that feed functions. */
export interface SwitchFact {
  readonly name: string;
  readonly isOn: boolean;
}

/** Whether mails of a sort go out, and how those of the last 24 hours fared. */
export interface SendingFact {
  readonly sort: MailSort;
  readonly haltedAt?: Instant;
  /** The admin paused them; else too many bounced or were complained of. */
  readonly haltedBy?: 'admin';
  readonly tally: MailTally;
}

/** What SES lets the account do. */
export interface MailAccountFact {
  readonly isSending: boolean;
  readonly isSandboxed: boolean;
  readonly perDay: number;
  readonly perSecond: number;
  readonly sentLast24Hours: number;
}

/** How many subscribers stand where; `unreadable` are those whose rows are of another version. */
export type SubscriberCounts = Readonly<Record<Exclude<KnownStatus, 'none'> | 'unreadable', number>>;

/** Everything that `status` shows; an absent value inside of a fact means that there is none of it. */
export interface StatusFacts {
  /** The house by name, such as `the stack Paperboy`. */
  readonly place: string;
  readonly now: Instant;
  readonly sources: Known<readonly SourceHealth[]>;
  readonly edition: Known<EditionFact | undefined>;
  readonly run: Known<RunFact | undefined>;
  readonly queues: Known<readonly QueueFact[]>;
  /** `undefined` where no alarm is judged: in a local house that is not running. */
  readonly alarms: Known<AlarmFacts | undefined>;
  readonly switches: Known<readonly SwitchFact[]>;
  readonly sending: Known<readonly SendingFact[]>;
  /** Whether the subscribers came back from a backup, so that nothing is sent before the journal was replayed. */
  readonly awaitsReplay: Known<boolean>;
  /** `undefined` for a local house, whose mail never leaves. */
  readonly mailAccount: Known<MailAccountFact | undefined>;
  readonly subscribers: Known<SubscriberCounts>;
}

/** The facts as JSON, instants as text: each its value or `null`, and under `unknown` why it could not be read. */
export function factsAsJson({ place, now, ...facts }: StatusFacts): object {
  const each = Object.entries(facts) as [string, Known<unknown>][];
  const values = each.map(([name, fact]) => [name, ('value' in fact ? fact.value : undefined) ?? null]);
  const unknown = each.flatMap(([name, fact]) => ('unknown' in fact ? [[name, fact.unknown]] : []));
  const told = { place, at: now, ...Object.fromEntries(values), unknown: Object.fromEntries(unknown) };
  return JSON.parse(JSON.stringify(told, instantsAsText)) as object;
}

function instantsAsText(name: string, value: unknown): unknown {
  return typeof value === 'number' && /^(at|since)$|At$/.test(name) ? new Date(value).toISOString() : value;
}
