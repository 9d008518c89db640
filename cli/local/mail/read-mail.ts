import PostalMime, { decodeWords } from 'postal-mime';

/** A mail as a person reads it. */
export interface ReadableMail {
  /** In the mail's order, names as written, values with their encoded words decoded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  /** The bare addresses of `To`. */
  readonly to: readonly string[];
}

/** Reads raw MIME of plain text, HTML or both. */
export async function readMail(raw: Buffer): Promise<ReadableMail> {
  const { headers, subject = '', text, html, to = [] } = await PostalMime.parse(raw);
  return {
    headers: headers.map(({ originalKey, value }) => [originalKey, decodeWords(value)]),
    subject,
    to: to.flatMap((one) => (one.group ?? [one]).map(({ address }) => address)),
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
  };
}
