import { dateOf, dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { daysBefore } from '../../../shared/domain/edition/archive.js';
import { sumBalances } from '../../../shared/domain/subscriber/outcome.js';
import { countedSince, mailSorts, tallyOf } from '../../../shared/domain/subscriber/reputation/breaker.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { PaperRepository } from '../../../shared/storage/papers/papers-repository.js';
import type { RunRepository } from '../../../shared/storage/runs-repository.js';
import type { TrafficRepository } from '../../../shared/storage/traffic-repository.js';
import type {
  AlarmFacts,
  EditionFact,
  Known,
  MailAccountFact,
  QueueFact,
  RunFact,
  SendingFact,
  StatusFacts,
  SubscriberCounts,
  SwitchFact,
} from './facts.js';

/** What a house has beside its tables: played on this machine, or in an account. Each throws when it cannot be read. */
export interface Machinery {
  queues(): Promise<readonly QueueFact[]>;
  /** `undefined` where no alarm is judged. */
  alarms(): Promise<AlarmFacts | undefined>;
  /** Schedules and feeds of functions; none where they cannot be switched off. */
  switches(): Promise<readonly SwitchFact[]>;
  /** `undefined` where no mail leaves. */
  mailAccount(): Promise<MailAccountFact | undefined>;
}

/** Where the facts of one house are read. */
export interface FactSources {
  readonly place: string;
  readonly now: () => Instant;
  readonly machinery: Machinery;
  readonly papers: Pick<PaperRepository, 'health'>;
  readonly editions: Pick<EditionRepository, 'publishedWithin' | 'summariesOf'>;
  readonly runs: Pick<RunRepository, 'batchesOf'>;
  readonly traffic: Pick<TrafficRepository, 'sending' | 'between'>;
  /** Whether the table of subscribers came back from a backup and was not brought up to date yet. */
  readonly awaitsReplay: () => Promise<boolean>;
  /** Absent where nobody asks how many there are: it reads their whole table. */
  readonly countSubscribers?: () => Promise<SubscriberCounts>;
}

const daysLookedBack = 31;

/** Reads every fact; whatever fails leaves the others as they are. */
export async function gatherFacts(sources: FactSources): Promise<StatusFacts> {
  const { place, machinery, countSubscribers } = sources;
  const now = sources.now();
  const edition = await known(() => newestEdition(sources, now));
  const [health, run, queues, alarms, switches, sending, awaitsReplay, mailAccount, subscribers] = await Promise.all([
    known(() => sources.papers.health()),
    'value' in edition ? known(() => runOf(sources, edition.value)) : edition,
    known(() => machinery.queues()),
    known(() => machinery.alarms()),
    known(() => machinery.switches()),
    known(() => sendingFacts(sources, now)),
    known(sources.awaitsReplay),
    known(() => machinery.mailAccount()),
    known(countSubscribers ?? (() => Promise.reject(new Error('not asked for')))),
  ]);
  const machine = { queues, alarms, switches, mailAccount };
  return { place, now, sources: health, edition, run, ...machine, sending, awaitsReplay, subscribers };
}

async function known<Fact>(read: () => Promise<Fact>): Promise<Known<Fact>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}

/** An SDK error by its name alone, since its text may hold more than a terminal should show; ours by their text. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const { name, message } = error;
  return name === 'Error' || name === 'CliError' ? message : ((error as { code?: string }).code ?? name);
}

async function newestEdition({ editions }: FactSources, now: Instant): Promise<EditionFact | undefined> {
  const today = dateOf(now);
  const date = (await editions.publishedWithin(daysBefore(today, daysLookedBack))).at(-1);
  const summary = date && (await editions.summariesOf([date])).get(date);
  return date && summary && { date, ...summary };
}

async function runOf({ runs }: FactSources, edition: EditionFact | undefined): Promise<RunFact | undefined> {
  const batches = edition === undefined ? [] : await runs.batchesOf(edition.date);
  if (batches.length === 0) return undefined;
  return {
    ...sumBalances(batches.map(({ balance }) => balance)),
    batches: batches.length,
    openBatches: batches.filter(({ balance }) => balance.open > 0).length,
    broken: batches.reduce((sum, { broken }) => sum + broken, 0),
  };
}

async function sendingFacts({ traffic }: FactSources, now: Instant): Promise<readonly SendingFact[]> {
  const minutes = await traffic.between(now - dayMs, now);
  return Promise.all(
    mailSorts.map(async (sort): Promise<SendingFact> => {
      const { haltedAt, haltedBy, resumedAt } = await traffic.sending(sort);
      const since = countedSince(now, resumedAt);
      const tally = tallyOf(
        sort,
        minutes.filter(({ minute }) => minute >= since),
      );
      return { sort, tally, ...(haltedAt !== undefined && { haltedAt }), ...(haltedBy && { haltedBy }) };
    }),
  );
}
