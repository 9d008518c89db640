import { type Mailbox, parseAddress, splitMailbox } from '../../domain/subscriber/mail-address.js';
import { singleLine } from '../../domain/text/shown-text.js';
import { type Piece, textOf } from './quoted-printable.js';

/** What a mail is made of; `headers` come on top of From, To, Subject, Date and Message-ID. */
interface MailParts {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: readonly Piece[];
  readonly text: readonly Piece[];
  readonly headers: Readonly<Record<string, string>>;
}

/** A mail before it is MIME: its pieces, and the HTML and text that they are. */
export interface ComposedMail extends Omit<MailParts, 'html' | 'text'> {
  readonly pieces: Pick<MailParts, 'html' | 'text'>;
  readonly html: string;
  readonly text: string;
}

/** A mail of these parts; HTML and text are joined when they are asked for. */
export function composedMail(parts: MailParts): ComposedMail {
  return new JoinedMail(parts);
}

// A class for the sake of its getters: those of a literal are made anew for each mail, with a shape of their own, which
// V8 keeps far longer than the mail.
class JoinedMail implements ComposedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Pick<MailParts, 'html' | 'text'>;

  constructor({ from, to, subject, html, text, headers }: MailParts) {
    this.from = from;
    this.to = to;
    this.subject = subject;
    this.headers = headers;
    this.pieces = { html, text };
  }

  get html(): string {
    return textOf(this.pieces.html);
  }

  get text(): string {
    return textOf(this.pieces.text);
  }
}

/** What a mail's list headers are made of; a mail that cannot be unsubscribed from has neither. */
export interface ListLinks {
  readonly listId?: string;
  /** Answers a one-click POST (RFC 8058). */
  readonly unsubscribeUrl?: string;
  /** Says how the list works. */
  readonly helpUrl?: string;
  /** Where everything that was sent can be found. */
  readonly archiveUrl?: string;
}

/** An address that stays the same when it is parsed. */
const plainUrl = /^https:\/\/[a-z0-9.-]+\/[\w./?=&~-]*$/;

function inBrackets(url: string): string {
  return `<${plainUrl.test(url) ? url : new URL(url).href}>`;
}

/** The headers of every mail besides From, To, Subject, Date and Message-ID. */
export function mailHeaders({ listId, unsubscribeUrl, helpUrl, archiveUrl }: ListLinks): Record<string, string> {
  const headers: Record<string, string> = {};
  if (listId !== undefined) headers['List-Id'] = `Paperboy <${singleLine(listId)}>`;
  if (unsubscribeUrl !== undefined) {
    // RFC 8058 wants a single HTTPS address, and exactly this value in the second field.
    headers['List-Unsubscribe'] = inBrackets(unsubscribeUrl);
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
  }
  // RFC 2369.
  if (helpUrl !== undefined) headers['List-Help'] = inBrackets(helpUrl);
  if (archiveUrl !== undefined) headers['List-Archive'] = inBrackets(archiveUrl);
  // RFC 3834: no out-of-office reply should answer it.
  headers['Auto-Submitted'] = 'auto-generated';
  return headers;
}

/**
 * Reads `Name <address>` or an address as one mailbox, never as a list; line breaks and control characters become
 * blanks. The address comes in its stored form, or as it was written when it is none.
 */
export function parseMailbox(text: string): Mailbox {
  const { name, address } = splitMailbox(singleLine(text));
  const parsed = parseAddress(address);
  return { name: name.trim(), address: parsed.ok ? parsed.address : address };
}
