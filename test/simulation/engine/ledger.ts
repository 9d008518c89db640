import type { Item } from '../../../shared/storage/dynamo/rows.js';
import type { AcceptedMail, Offer } from '../cloud/ses.js';

/** One change of a subscriber's state, as it was written. */
export interface StateChange {
  readonly at: number;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Name of the invocation that wrote it. */
  readonly by: string;
}

/** What SES reported, or would have, about one mail. */
export interface MailEventFate {
  isLost: boolean;
  /** Came late, alone. */
  isLate: boolean;
  /** When it was put onto the queue. */
  queuedAt?: number;
  /** When the Send event was recorded; absent while it was not. */
  recordedAt?: number;
}

/** A mail with what the checker needs to know of its making. */
export interface KnownMail extends AcceptedMail {
  readonly subscriber: string;
  readonly edition: string | undefined;
  readonly attempt: number;
  /** `digest`, or the kind of notice that its Message-ID names. */
  readonly kind: string;
  /** A mail that says that we are still here, claimed like a digest; what it names is not shown as one. */
  readonly isStillHere: boolean;
  /** Ids of the papers in it. */
  readonly papers: readonly string[];
  readonly sentBy: string;
  readonly sentFrom: number;
  readonly send: MailEventFate;
}

export type ReaderAction =
  | 'subscribe'
  | 'confirm'
  | 'pause'
  | 'resume'
  | 'change'
  | 'unsubscribe'
  | 'erase'
  | 'address';

/** Something that a person asked for. */
export interface Acknowledgement {
  readonly reader: number;
  readonly action: ReaderAction;
  readonly startedAt: number;
  /** When the answer came that says it was done; absent when none came. */
  endedAt?: number;
  /** The pages said no. */
  isRefused?: boolean;
  /** Until when a pause was to last. */
  readonly until?: number;
}

const digits = /\b\d{4}\.\d{5}\b/g;

/** Undoes quoted-printable as far as links and ids need it. */
export function readable(raw: string): string {
  return raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
}

/** Reads a mail as SES got it. */
export function knownMail(mail: AcceptedMail, sentBy: string, sentFrom: number, send: MailEventFate): KnownMail {
  const { subscriber = '', edition, attempt } = mail.tags;
  const [, kind = ''] = /^Message-ID:\s*<([^.]*)\./im.exec(mail.raw) ?? [];
  const text = edition === undefined ? '' : readable(mail.raw.slice(0, mail.raw.indexOf('text/html')));
  const isStillHere = /^Subject: Still here/im.test(mail.raw);
  const papers = isStillHere ? [] : [...new Set(text.match(digits))];
  const known = { ...mail, raw: '', subscriber, edition, attempt: Number(attempt), papers, sentBy, sentFrom, send };
  return { ...known, isStillHere, kind: edition === undefined ? kind : 'digest' };
}

/** Everything that happened in a run, for the checker to judge afterwards. */
export class Ledger {
  readonly states = new Map<string, StateChange[]>();
  readonly mails: KnownMail[] = [];
  readonly acknowledgements: Acknowledgement[] = [];
  readonly offers: (Offer & { readonly by: string })[] = [];
  readonly deaths: { readonly at: number; readonly invocation: string; readonly call: string }[] = [];

  noteState(subscriber: string, change: StateChange): void {
    const changes = this.states.get(subscriber);
    if (changes) changes.push(change);
    else this.states.set(subscriber, [change]);
  }

  historyOf(subscriber: string): readonly StateChange[] {
    return this.states.get(subscriber) ?? [];
  }
}
