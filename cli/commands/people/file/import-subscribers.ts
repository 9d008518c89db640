import type { Instant } from '../../../../shared/domain/calendar-date.js';
import { type Consent, inOrder } from '../../../../shared/domain/subscriber/consent.js';
import { type KnownStatus, objectionTo } from '../../../../shared/domain/subscriber/lifecycle.js';
import type { SubscriberId } from '../../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../../shared/storage/consents-repository.js';
import { inParallel } from '../../../../shared/storage/dynamo/reading.js';
import type { ConsentsInBulk } from '../../../../shared/storage/register/consents-in-bulk.js';
import type { SubscriberRegister } from '../../../../shared/storage/register/subscriber-register.js';
import { importCause } from './file-fields.js';
import { type Entry, readLine } from './read-line.js';
import type { FileLine } from './subscribers-file.js';

/** What an import needs; with `isDryRun` it writes nothing. */
export interface ImportDeps {
  readonly register: Pick<SubscriberRegister, 'standings' | 'admit'>;
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly journal: ConsentsInBulk;
  /** The id of a canonical address. */
  readonly idOf: (canonical: string) => SubscriberId;
  readonly now: Instant;
  readonly isDryRun: boolean;
  /** Receives what is wrong with a line, as soon as it was read. */
  readonly tellWrong: (wrong: WrongLine) => void;
  readonly step: (lines: number) => void;
}

export interface WrongLine {
  readonly line: number;
  readonly field?: string;
  readonly message: string;
}

/** How many lines became what; a line that was not imported is counted by what stood in its way. */
export interface ImportCounts {
  lines: number;
  imported: number;
  readonly inTheWay: Partial<Record<KnownStatus | 'erased', number>>;
  readonly notActiveInFile: Record<string, number>;
  wrong: number;
}

interface Candidate {
  readonly entry: Entry;
  readonly id: SubscriberId;
  /** By the rule of earlier versions, where that is another. */
  readonly formerId?: SubscriberId;
}

const candidatesAtOnce = 50;
const batchesAtOnce = 3;
const requestsAtOnce = 16;

/**
 * Imports the lines of a file, none of which stops the others, in bounded memory but for the ids of all lines and of the
 * journal. Consents are journalled before anybody is added, so whoever is there has theirs, and a second run goes on where
 * one died.
 */
export async function importSubscribers(lines: AsyncIterable<FileLine>, deps: ImportDeps): Promise<ImportCounts> {
  const counts: ImportCounts = { lines: 0, imported: 0, inTheWay: {}, notActiveInFile: {}, wrong: 0 };
  // Read once: a query a line takes the embedded DynamoDB longer than all the rest.
  const journalled = await deps.journal.everybody();
  const batches = batchesOf(lines, counts, deps);
  let hasFailed = false;
  const worker = async () => {
    for (let next = await batches.next(); !next.done && !hasFailed; next = await batches.next()) {
      await importBatch(next.value, journalled, counts, deps).catch((error) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  // What is in flight ends before the house is closed.
  const ended = await Promise.allSettled(Array.from({ length: batchesAtOnce }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return counts;
}

async function* batchesOf(
  lines: AsyncIterable<FileLine>,
  counts: ImportCounts,
  deps: ImportDeps,
): AsyncGenerator<readonly Candidate[]> {
  const firstLines = new Map<SubscriberId, number>();
  let batch: Candidate[] = [];
  for await (const line of lines) {
    counts.lines += 1;
    const candidate = candidateIn(line, firstLines, counts, deps);
    if (candidate) batch.push(candidate);
    else deps.step(1);
    if (batch.length < candidatesAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function candidateIn(
  line: FileLine,
  firstLines: Map<SubscriberId, number>,
  counts: ImportCounts,
  { idOf, now, tellWrong }: ImportDeps,
): Candidate | undefined {
  const read = 'fields' in line ? readLine(line.fields, now) : line;
  if ('message' in read || read.kind === 'wrong') {
    counts.wrong += 1;
    const problems = 'message' in read ? [{ message: read.message }] : read.problems;
    for (const problem of problems) tellWrong({ line: line.line, ...problem });
    return undefined;
  }
  if (read.kind === 'not-active') {
    counts.notActiveInFile[read.status] = (counts.notActiveInFile[read.status] ?? 0) + 1;
    return undefined;
  }
  const { canonical, formerly } = read.entry.address;
  const id = idOf(canonical);
  const first = firstLines.get(id);
  if (first !== undefined) {
    counts.wrong += 1;
    tellWrong({ line: line.line, field: 'email', message: `is the mailbox of line ${first} again` });
    return undefined;
  }
  firstLines.set(id, line.line);
  return { entry: read.entry, id, ...(formerly !== undefined && { formerId: idOf(formerly) }) };
}

async function importBatch(
  batch: readonly Candidate[],
  journalled: ReadonlySet<SubscriberId>,
  counts: ImportCounts,
  deps: ImportDeps,
): Promise<void> {
  const standInTheWay = (what: KnownStatus | 'erased') => {
    counts.inTheWay[what] = (counts.inTheWay[what] ?? 0) + 1;
  };
  const free = await withoutStanding(batch, standInTheWay, deps);
  const journals = await inParallel(free, requestsAtOnce, (candidate) => journalOf(candidate, journalled, deps));
  const admitted: Candidate[] = [];
  const missing: Consent[] = [];
  for (const [index, candidate] of free.entries()) {
    const journal = journals[index] ?? [];
    const objection = objectionTo(candidate.entry.consentAt, journal);
    if (objection) standInTheWay(objection);
    else admitted.push(candidate);
    if (!objection) missing.push(...missingFrom(journal, candidate, deps.now));
  }
  if (deps.isDryRun) counts.imported += admitted.length;
  else {
    await deps.journal.append(missing);
    await inParallel(admitted, requestsAtOnce, async ({ id, entry: { profile, consentAt } }) => {
      const answer = await deps.register.admit(id, profile, { confirmedAt: consentAt, at: deps.now });
      if (answer === 'admitted') counts.imported += 1;
      // Somebody came in between the look and the write.
      else standInTheWay((await deps.register.standings([id])).get(id)?.standing ?? 'none');
    });
  }
  deps.step(batch.length);
}

/** Those of whom the register knows nothing, under neither id. */
async function withoutStanding(
  batch: readonly Candidate[],
  standInTheWay: (what: KnownStatus) => void,
  { register }: ImportDeps,
): Promise<readonly Candidate[]> {
  const known = await register.standings(batch.flatMap(({ id, formerId }) => (formerId ? [id, formerId] : [id])));
  const free: Candidate[] = [];
  for (const candidate of batch) {
    const held = known.get(candidate.formerId ?? candidate.id) ?? known.get(candidate.id);
    if (held) standInTheWay(held.standing);
    else free.push(candidate);
  }
  return free;
}

/** What is known of an address under both its ids, oldest first. */
async function journalOf(
  { id, formerId }: Candidate,
  journalled: ReadonlySet<SubscriberId>,
  { consents }: ImportDeps,
): Promise<readonly Consent[]> {
  const ids = formerId ? [formerId, id] : [id];
  const journals = await Promise.all(ids.filter((each) => journalled.has(each)).map(consents.of));
  return inOrder(journals.flat());
}

/** The consent as the journal has it: they asked just before they confirmed. */
function missingFrom(journal: readonly Consent[], { id, entry }: Candidate, recordedAt: Instant): readonly Consent[] {
  const { consentAt, consentSource } = entry;
  const known = { subscriber: id, cause: `${importCause}${consentSource}`, recordedAt };
  const consents: readonly Consent[] = [
    { ...known, event: 'requested', at: consentAt - 1 },
    { ...known, event: 'confirmed', at: consentAt },
  ];
  const isThere = ({ subscriber, event, at }: Consent) =>
    journal.some((entry) => entry.subscriber === subscriber && entry.event === event && entry.at === at);
  return consents.filter((consent) => !isThere(consent));
}
