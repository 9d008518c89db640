import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';

/** A topic of the subscriber that a paper matches, with the words of the paper that matched; none where only numbers, code or source did. */
export interface MatchReason {
  readonly topic: string;
  readonly words: readonly string[];
}

/** A paper as one subscriber gets it. */
export interface DigestPaper extends RankedPaper {
  readonly reasons: readonly MatchReason[];
}

/** What one subscriber gets of one edition; the papers are in the order of the mail, the best first, and at least one. */
export interface Digest {
  /** The subscriber's address. */
  readonly to: string;
  readonly edition: CalendarDate;
  readonly papers: readonly DigestPaper[];
  /** How many papers the whole edition holds. */
  readonly editionSize: number;
  /** Number of the formula that ranked it. */
  readonly formula: number;
  readonly preferencesUrl: string;
  /** Answers a one-click POST (RFC 8058); its GET shows a page. */
  readonly unsubscribeUrl: string;
  readonly editionUrl: string;
  /** `Name <address>` or an address. */
  readonly sender: string;
  readonly postalAddress: string;
  /** Identifier of the list (RFC 2919), such as `paperboy.example.org`. */
  readonly listId: string;
}

/** A mail before it is MIME; `headers` come on top of From, To, Subject, Date and Message-ID. */
export interface ComposedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}
