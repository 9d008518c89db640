import type { CalendarDate, Instant } from '../../shared/domain/calendar-date.js';
import type { Slot } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { batchIdOf, seqOf } from '../../shared/storage/run-rows.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { AskForBatches } from './ask-for-batches.js';

/** How many batches are cut from one read of the slot: as many as one call to the queue takes. */
const batchesInPage = 10;

/** How long batches wait that are not among the first of a large run. */
const canarySeconds = 600;

interface PlanSlotDeps {
  readonly subscribers: Pick<SubscriberRepository, 'inSlot'>;
  readonly runs: Pick<RunRepository, 'batchesOfSlot' | 'openBatch' | 'findBatch' | 'completePlan'>;
  readonly ask: AskForBatches;
  /** How many subscribers one job mails. */
  readonly batchSize: number;
}

/** A slot in which an edition is due. */
export interface DueSlot {
  readonly run: CalendarDate;
  readonly slot: Slot;
  /** How many batches of the run may still go out at once; the others of its first slots wait. */
  readonly canary: { left: number };
}

/** Where a page begins: the number of its first batch, and after which subscriber. */
interface Place {
  readonly seq: number;
  readonly after: SubscriberId | undefined;
}

/** Neighbouring batches, the first of which is recorded: it says up to which id each of them goes. */
interface Page extends Place {
  readonly ends: readonly SubscriberId[];
  /** The subscribers of each batch, if it was this planner that cut the page. */
  readonly cut?: readonly (readonly SubscriberId[])[];
}

/** Batches that were recorded before, by their numbers. */
type Known = ReadonlyMap<number, Batch>;

/**
 * Cuts a slot into batches, records each and asks for it; answers their ids. A page's first batch is recorded first, so that
 * every planner cuts the page in the same places; then the others together, while the next page is read. What an interrupted
 * planner left out is found by its pages, and a batch that a job has counted is left to the repeats.
 */
export async function planSlot(due: DueSlot, now: Instant, deps: PlanSlotDeps): Promise<readonly string[]> {
  const { run, slot } = due;
  const batches = await deps.runs.batchesOfSlot(run, slot);
  const known: Known = new Map(batches.map((batch) => [seqOf(batch.id), batch]));
  const ids: string[] = [];
  let page = await nextPage({ seq: 0, after: undefined }, known, due, now, deps);
  while (page) {
    const { seq, ends }: Page = page;
    // Earlier versions went back where their numbers got longer, and planned some twice.
    const last = ends.at(-1);
    const after = page.after && last && page.after > last ? page.after : last;
    const next = { seq: seq + ends.length, after };
    const [opened, found] = await bothOf(openPage(page, known, due, now, deps), nextPage(next, known, due, now, deps));
    ids.push(...opened);
    page = found;
  }
  await deps.runs.completePlan(run, slot, now);
  return ids;
}

/** If one fails, the other ends before that is told: nothing goes on behind a tick that is over. */
async function bothOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** The page that begins there, its first batch recorded; `undefined` behind the last subscriber. */
async function nextPage(
  place: Place,
  known: Known,
  due: DueSlot,
  now: Instant,
  deps: PlanSlotDeps,
): Promise<Page | undefined> {
  const { run, slot } = due;
  const before = known.get(place.seq);
  if (before) return { ...place, ends: endsOf(before) };
  const read = await deps.subscribers.inSlot(slot, place.after, batchesInPage * deps.batchSize);
  const [first, ...others] = Array.from({ length: Math.ceil(read.length / deps.batchSize) }, (_, index) =>
    read.slice(index * deps.batchSize, (index + 1) * deps.batchSize),
  );
  if (!first) return undefined;
  const cut = [first, ...others];
  const pageEnds = cut.flatMap((subscribers) => subscribers.slice(-1));
  const wanted = { run, slot, seq: place.seq, subscribers: first, pageEnds };
  if ((await deps.runs.openBatch(wanted, now)) === 'opened') return { ...place, ends: pageEnds, cut };
  const theirs = await deps.runs.findBatch(run, batchIdOf(slot, place.seq));
  if (!theirs) throw new Error(`batch ${place.seq} of ${slot} vanished`);
  return { ...place, ends: endsOf(theirs) };
}

/** Up to which ids the batches of a page go, by its first; those of earlier versions are pages of their own. */
function endsOf({ id, pageEnds, subscribers }: Batch): readonly SubscriberId[] {
  const ends = pageEnds ?? subscribers.slice(-1);
  if (ends.length === 0) throw new Error(`batch ${id} has no subscribers`);
  return ends;
}

/** A batch that is recorded. */
interface Opened extends Pick<Batch, 'run' | 'id'> {
  readonly isCounted: boolean;
}

/** Records what is missing of a page, and asks for its batches but for those that a job has counted. */
async function openPage(
  page: Page,
  known: Known,
  { run, slot, canary }: DueSlot,
  now: Instant,
  deps: PlanSlotDeps,
): Promise<string[]> {
  const open = async (_end: SubscriberId, index: number): Promise<Opened | undefined> => {
    const seq = page.seq + index;
    const { id = batchIdOf(slot, seq), countedAt } = known.get(seq) ?? {};
    const opened = { run, id, isCounted: countedAt !== undefined };
    if (index === 0 || known.has(seq)) return opened;
    const subscribers = page.cut?.[index] ?? (await subscribersOf(page, index, slot, deps));
    // Whoever was in it has left the slot since the page was cut.
    if (subscribers.length === 0) return undefined;
    // If another planner was faster, its batch counts: it goes as far as this one.
    await deps.runs.openBatch({ run, slot, seq, subscribers }, now);
    return opened;
  };
  const opened = (await Promise.all(page.ends.map(open))).filter((batch) => batch !== undefined);
  const [atOnce, later] = [opened.slice(0, Math.max(0, canary.left)), opened.slice(Math.max(0, canary.left))];
  canary.left -= opened.length;
  await deps.ask(atOnce.filter(({ isCounted }) => !isCounted));
  await deps.ask(
    later.filter(({ isCounted }) => !isCounted),
    canarySeconds,
  );
  return opened.map(({ id }) => id);
}

/** Who is in the slot within the bounds of a page's batch; never of the first, which is recorded. */
async function subscribersOf(
  { ends }: Page,
  index: number,
  slot: Slot,
  { subscribers, batchSize }: PlanSlotDeps,
): Promise<SubscriberId[]> {
  const [after, end] = ends.slice(index - 1, index + 1);
  const found: SubscriberId[] = [];
  for (;;) {
    const read = await subscribers.inSlot(slot, found.at(-1) ?? after, 2 * batchSize);
    const inside = read.filter((id) => end !== undefined && id <= end);
    found.push(...inside);
    if (inside.length < read.length || read.length === 0) return found;
  }
}
