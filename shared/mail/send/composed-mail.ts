import { singleLine } from '../layout/plain-text.js';

/** A mail before it is MIME; `headers` come on top of From, To, Subject, Date and Message-ID. */
export interface ComposedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a mail's headers depend on: a mail that nobody can unsubscribe from has neither. */
export interface ListLinks {
  readonly listId?: string;
  /** Answers a one-click POST (RFC 8058). */
  readonly unsubscribeUrl?: string;
}

/** The headers of every mail beside From, To, Subject, Date and Message-ID. */
export function mailHeaders({ listId, unsubscribeUrl }: ListLinks): Record<string, string> {
  return {
    ...(listId !== undefined && { 'List-Id': `Paperboy <${singleLine(listId)}>` }),
    ...(unsubscribeUrl !== undefined && {
      // RFC 8058 asks for one HTTPS address, and for this very value of the second field.
      'List-Unsubscribe': `<${new URL(unsubscribeUrl).href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    // RFC 3834: nobody's absence notes should answer.
    'Auto-Submitted': 'auto-generated',
  };
}
