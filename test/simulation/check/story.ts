import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { quietEditionsBeforeNote } from '../../../shared/domain/subscriber/delivery.js';
import { dueAt, type Slot } from '../../../shared/domain/subscriber/slot.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { readClaimedPapers, readOutcomes } from '../../../shared/storage/subscribers/packed-history.js';
import type { RunOptions } from '../engine/draw-profile.js';
import type { Acknowledgement, KnownMail, StateChange } from '../engine/ledger.js';
import type { World } from '../engine/world.js';
import { type DayEdition, publishHour } from '../house/editions.js';
import type { Reader } from '../house/readers.js';

/** What the checker counts a fault as. */
export type Count = 'lost' | 'repeated' | 'afterLeaving' | 'unbalanced' | 'open';

/** One thing that must not have happened, or a remainder that must be listed. */
export interface Finding {
  readonly counts: Count | 'uncertain' | 'extraCopies';
  readonly what: string;
}

/** A finished run, as the checker gets it. */
export interface Judged {
  readonly world: World;
  readonly readers: readonly Reader[];
  readonly editions: readonly DayEdition[];
  readonly end: number;
  readonly options: RunOptions;
  /** What was found of learned topics. */
  readonly learned?: readonly Finding[];
}

/** The right to send one digest, from the moment of the write that took it. */
export interface Right {
  readonly at: number;
  /** The same moment by the clock of the process that took it, which its mail is tagged with. */
  readonly claimedAt: number;
  readonly edition: string;
  readonly attempt: number;
  readonly batch: string;
  /** Name of the invocation that took it. */
  readonly by: string;
  readonly papers: readonly string[];
  readonly life: number;
  readonly isActive: boolean;
}

interface StoredClaim {
  readonly edition: string;
  readonly attempt: number;
  readonly at: number;
  readonly batch: string;
  readonly papers: string;
  readonly isUnsent: boolean;
}

const claimOf = (item: Item | undefined) => item?.claim as StoredClaim | undefined;

const isErasure = ({ before, after, by }: StateChange) =>
  before !== undefined && (after === undefined || (/^serve-pages erase /.test(by) && after.revision === undefined));

/** One reader's run, read from the writes of their state, their mails and what the pages told them. */
export class Story {
  readonly history: readonly StateChange[];
  readonly mails: readonly KnownMail[];
  readonly rights: readonly Right[];
  readonly acknowledgements: readonly Acknowledgement[];

  constructor(
    readonly reader: Reader,
    { ledger }: World,
  ) {
    this.history = ledger.historyOf(reader.id);
    this.mails = ledger.mails.filter(({ subscriber }) => subscriber === reader.id);
    this.acknowledgements = ledger.acknowledgements.filter((note) => note.reader === reader.number);
    this.rights = this.history.flatMap(({ at, before, after, by }) => {
      const [old, taken] = [claimOf(before), claimOf(after)];
      if (!taken || taken.isUnsent) return [];
      if (old && !old.isUnsent && old.at === taken.at && old.attempt === taken.attempt && old.edition === taken.edition)
        return [];
      const { edition, attempt, batch } = taken;
      const isActive = after?.status === 'active';
      const papers = typeof taken.papers === 'string' ? readClaimedPapers(taken.papers) : [];
      return [{ at, claimedAt: taken.at, edition, attempt, batch, by, papers, life: this.lifeAt(at), isActive }];
    });
  }

  get last(): Item | undefined {
    return this.history.at(-1)?.after;
  }

  /** How often the reader was erased until then; of a suppressed one a mark stays that remembers no edition. */
  lifeAt(at: number): number {
    return this.history.filter((change) => change.at <= at && isErasure(change)).length;
  }

  /** Whether outcomes that were recorded are gone, with all that was kept of the reader. */
  hasForgotten(): boolean {
    return this.history.some(({ before, after }) => before?.outcomes !== undefined && after?.outcomes === undefined);
  }

  stateAt(at: number): Item | undefined {
    return this.history.findLast((change) => change.at <= at)?.after;
  }

  /** The right under which a digest was sent; a slow process may send that of a life which has ended since. */
  rightOf(mail: KnownMail): Right | undefined {
    return this.rights.findLast(
      ({ at, claimedAt, edition, attempt }) =>
        at <= mail.at &&
        edition === mail.edition &&
        attempt === mail.attempt &&
        String(claimedAt) === mail.tags.claimed,
    );
  }

  digestsOf(edition: string, life: number): readonly KnownMail[] {
    return this.mails.filter(
      (mail) => mail.kind === 'digest' && mail.edition === edition && this.rightOf(mail)?.life === life,
    );
  }

  outcomeOf(edition: string): string | undefined {
    return this.outcomes().find((entry) => entry.edition === edition)?.outcome;
  }

  /** Whether it was written down that nothing was sent under the right. */
  isUnsent({ at, edition, attempt }: Right): boolean {
    const isIt = (claim: StoredClaim | undefined) =>
      claim?.isUnsent === true && claim.edition === edition && claim.attempt === attempt;
    return this.history.some((change) => change.at > at && isIt(claimOf(change.after)));
  }

  /** When an outcome of an edition was first recorded. */
  recordedAt(edition: string, outcome: string): number | undefined {
    const isIt = (entry: { edition: string; outcome: string }) =>
      entry.edition === edition && entry.outcome === outcome;
    return this.history.find(({ after }) => readOutcomes(after?.outcomes as string | undefined).some(isIt))?.at;
  }

  outcomes() {
    return readOutcomes(this.last?.outcomes as string | undefined);
  }

  /** Whether the seven editions before the first claim of one ended without a match. */
  hadQuietWeekBefore(edition: string): boolean {
    const claimed = this.history.find(({ after }) => claimOf(after)?.edition === edition);
    const last = readOutcomes(claimed?.before?.outcomes as string | undefined);
    return last.length === quietEditionsBeforeNote && last.every(({ outcome }) => outcome === 'unmatched');
  }

  openClaim(): StoredClaim | undefined {
    return claimOf(this.last);
  }

  /** Whether the reader was active in one slot from just before an edition's due time until its digest expired. */
  steadyDue(edition: CalendarDate, end: number): number | undefined {
    const slot = this.last?.slot as Slot | undefined;
    if (!slot || this.last?.status !== 'active') return undefined;
    const due = dueAt(slot, edition, publishHour);
    if (due === undefined) return undefined;
    const from = due - 30 * 60_000;
    // Nothing is owed to whoever asked to be erased, whether or not an answer came.
    const turn = this.acknowledgements.findLast(({ action }) => action === 'erase' || action === 'confirm');
    if (turn?.action === 'erase') return undefined;
    const isSame = (item: Item | undefined) => item?.status === 'active' && item.slot === slot;
    const changes = this.history.filter(({ at }) => at > from && at <= end);
    return isSame(this.stateAt(from)) && changes.every(({ after }) => isSame(after)) ? due : undefined;
  }
}
