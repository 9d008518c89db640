import { decodeBytes, decodeWords, type Header, headerOf, quotedBytes, splitMail } from './mail-headers.js';

/** A mail as the inbox shows it. */
export interface ReadableMail {
  /** In the mail's order, encoded words read. */
  readonly headers: readonly Header[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/** Reads a mail of plain text, HTML or both (multipart). The first part of each kind counts. RFC 2045 and 2046. */
export function readMail(raw: Buffer): ReadableMail {
  const mail = splitMail(raw.toString('latin1'));
  const headers = mail.headers.map(([name, value]) => [name, decodeWords(value)] as const);
  const parts = leaves(mail.headers, mail.body);
  const text = parts.find(({ type }) => type === 'text/plain')?.content;
  const html = parts.find(({ type }) => type === 'text/html')?.content;
  return {
    headers,
    subject: headerOf(headers, 'Subject') ?? '',
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
  };
}

interface Leaf {
  readonly type: string;
  readonly content: string;
}

function leaves(headers: readonly Header[], body: string): readonly Leaf[] {
  const contentType = headerOf(headers, 'Content-Type') ?? 'text/plain; charset=us-ascii';
  const type = /^[^;\s]*/.exec(contentType)?.[0].toLowerCase() ?? '';
  const boundary = parameter(contentType, 'boundary');
  if (!type.startsWith('multipart/') || !boundary) return [{ type, content: decodeBody(headers, contentType, body) }];
  const parts = `\r\n${body}`.split(new RegExp(`\\r?\\n--${escapeRegExp(boundary)}(?=--|[ \\t]*\\r?\\n)`)).slice(1);
  return parts
    .filter((part) => !part.startsWith('--'))
    .map((part) => splitMail(part.replace(/^[ \t]*\r?\n/, '')))
    .flatMap((part) => leaves(part.headers, part.body));
}

function decodeBody(headers: readonly Header[], contentType: string, body: string): string {
  const encoding = headerOf(headers, 'Content-Transfer-Encoding')?.trim().toLowerCase();
  const plain = () => Buffer.from(body, 'latin1');
  const bytes =
    encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === 'quoted-printable' ? quotedBytes(body) : plain();
  return decodeBytes(bytes, parameter(contentType, 'charset') ?? 'utf-8');
}

function parameter(contentType: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
