/** One header of a mail: its name as written, its value unfolded and undecoded. */
export type Header = readonly [name: string, value: string];

/** Parts a mail, or a part of one, at the first empty line: headers and body, the body as bytes in Latin-1. RFC 5322. */
export function splitMail(text: string): { readonly headers: readonly Header[]; readonly body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = head
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .map((line) => /^([^:\s]+)[ \t]*:[ \t]*(.*)$/.exec(line))
    .flatMap((found): Header[] => (found?.[1] ? [[found[1], found[2] ?? '']] : []));
  return { headers, body: end ? text.slice(end.index + end[0].length) : '' };
}

/** The value of the first header of that name, in any case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
}

/** The plain addresses in a header such as `Name <a@b.org>, c@d.org`; a comma in a quoted name parts nothing. */
export function addressesIn(value: string): readonly string[] {
  return (value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g) ?? [])
    .map((one) => (/<([^>]*)>/.exec(one)?.[1] ?? one).trim())
    .filter((address) => address.includes('@'));
}

/** Reads the encoded words of a header's value; white space between two of them goes. RFC 2047. */
export function decodeWords(value: string): string {
  const word = /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi;
  return value
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(word, (_whole, charset: string, encoding: string, text: string) => {
      const isBase64 = encoding.toLowerCase() === 'b';
      return decodeBytes(isBase64 ? Buffer.from(text, 'base64') : quotedBytes(text.replaceAll('_', ' ')), charset);
    });
}

/** The bytes of a quoted-printable text. RFC 2045. */
export function quotedBytes(text: string): Buffer {
  const joined = text.replace(/=[ \t]*\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** Bytes as text; an unknown character set is read as UTF-8. */
export function decodeBytes(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}
