import type { Brand } from '../brand.js';
import type { CalendarDate, Instant } from '../calendar-date.js';
import type { Pressed } from '../likeness/pressed.js';
import type { PaperId } from '../paper/paper-id.js';
import type { Outcome } from './outcome.js';
import type { SoftBounces } from './reputation/bounce.js';
import type { DeliveryDays } from './slot/delivery-days.js';
import type { Slot } from './slot.js';

/** Keyed hash of the canonical address; without the key it says nothing about the address. */
export type SubscriberId = Brand<string, 'SubscriberId'>;

/**
 * Only `active` subscribers may be mailed digests; one who was erased is no longer a subscriber. `moving`: an address is
 * being changed, and this is the old one or the new one.
 */
export type SubscriberStatus = 'pending' | 'active' | 'paused' | 'unsubscribed' | 'suppressed' | 'moving';

/** What opens a pending subscription: a random token that only the confirmation mail holds, kept as its SHA-256. */
export interface Confirmation {
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  /** Whose address this one replaces when it is confirmed; absent for a new subscription. */
  readonly movesFrom?: SubscriberId;
}

/** A topic that a subscriber chose: one of the catalogue by id, their own filter, or one learned from examples. */
export type TopicChoice = FilterChoice | LikenessChoice;

/** A topic that is a filter: one of the catalogue by id, or the subscriber's own. */
export type FilterChoice = { readonly catalogueId: string } | OwnTopic;

/** A subscriber's own named filter: its text and, once stored, the form that `compileFilter` made of it. */
export interface OwnTopic {
  readonly name: string;
  readonly filter: string;
  readonly compiled?: string;
}

/** A topic "like these papers", as sending reads it: `packProfile` of what was learned from the examples. */
export interface LikenessChoice {
  readonly name: string;
  /** Names it for good among the subscriber's own, whatever its place: by it its examples are kept. */
  readonly n: number;
  readonly like: Uint8Array;
  /** `paperHash` of its examples, the newest forty: their reader knows them. */
  readonly known?: readonly number[];
}

/** What the subscriber told us. Personal data. */
export interface SubscriberProfile {
  readonly address: string;
  readonly timeZone: string;
  /** Local hour of delivery, 0–23. */
  readonly hour: number;
  /** Absent for every day. */
  readonly days?: DeliveryDays;
  readonly topics: readonly TopicChoice[];
  /** 1–25. */
  readonly maxPapers: number;
  /** `false` for the authors' words alone; absent where AI summaries may come beside them. */
  readonly aiSummaries?: false;
  /** What a day without matches brings: the best papers of other topics that were not seen; absent for no mail. */
  readonly quietDays?: 'best-unseen';
  /** Filters whose papers no digest brings, as texts, at most fifty; absent for none. */
  readonly never?: readonly string[];
  /** What more, or less, was asked for in a mail; absent when no digest has to say so any more. */
  readonly pressed?: Pressed;
  /**
   * When the address of the private feed was made, in minutes since 1970, which is part of it: every other address is void.
   * Absent while there is no private feed.
   */
  readonly feed?: number;
}

/** What a claim's mail is when it is no ordinary digest: a still-here mail, or a digest of papers outside the topics. */
export type ClaimKind = 'still-here' | 'best-unseen';

/** The right to send one digest, held while it has no outcome. */
export interface Claim {
  readonly edition: CalendarDate;
  /** Batch that took it, so that nobody is counted twice. */
  readonly batch: string;
  /** 1, or 2 after the one allowed re-send. */
  readonly attempt: number;
  /** Absent for an ordinary digest. */
  readonly kind?: ClaimKind;
  readonly at: Instant;
  /** When the first attempt was claimed, while this is the second. */
  readonly firstAt?: Instant;
  readonly papers: readonly PaperId[];
  /** Nothing was sent, for certain: this claim may be resumed without risk of a second mail. */
  readonly isUnsent: boolean;
}

/** How one edition ended for a subscriber. */
export interface EditionOutcome {
  readonly edition: CalendarDate;
  readonly outcome: Outcome;
  readonly batch: string;
}

/** The papers that one edition's digest showed, by the hashes of their ids: so older rows have them. */
export interface SeenHashes {
  readonly edition: CalendarDate;
  readonly hashes: readonly number[];
}

/** The papers that one edition's digest showed, by their places in the frozen edition, from 0, ascending. */
export interface SeenPlaces {
  readonly edition: CalendarDate;
  readonly places: readonly number[];
}

/**
 * An edition of which nobody knows what its digest showed, since the table's backup is older: every paper of it counts as
 * seen.
 */
interface SeenWholly {
  readonly edition: CalendarDate;
  readonly isWhole: true;
}

export type SeenPapers = SeenHashes | SeenPlaces | SeenWholly;

/** What sending reads and writes. */
export interface SubscriberState {
  readonly status: SubscriberStatus;
  readonly slot: Slot;
  /** While pending, or while one whose mail had bounced may come back. */
  readonly confirmation?: Confirmation;
  /** While suppressed after bounces; absent after a complaint, and on older rows. */
  readonly suppressedBy?: 'bounce';
  /** While the newest mails came back. */
  readonly softBounces?: SoftBounces;
  /** While paused for a time: when mailing resumes; absent when only the subscriber can resume it. */
  readonly pausedUntil?: Instant;
  /** Newest edition that was claimed or ended; an older one is never claimed. */
  readonly edition?: CalendarDate;
  /** Open claim: without outcome. */
  readonly claim?: Claim;
  /** How many editions in a row ended `unmatched`, up to seven; absent for none, and on older rows. */
  readonly quietEditions?: number;
  /** The last seven, newest last. */
  readonly outcomes: readonly EditionOutcome[];
  readonly seen: readonly SeenPapers[];
}

export interface Subscriber {
  readonly id: SubscriberId;
  readonly state: SubscriberState;
  readonly profile: SubscriberProfile;
}
