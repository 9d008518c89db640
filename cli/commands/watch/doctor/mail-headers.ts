/** A header field as it was sent, its folds undone. */
export interface HeaderField {
  /** In small letters. */
  readonly name: string;
  readonly value: string;
}

/** Far more than any mailbox shows. */
const mostCharacters = 1_000_000;

/**
 * The header fields of a mail in their order, up to its body or the first line that is none. What is before the first field,
 * such as a mailbox's own `From ` line or the blank lines of a paste, is passed over.
 */
export function readHeaders(text: string): readonly HeaderField[] {
  const lines = text.slice(0, mostCharacters).split(/\r\n|\r|\n/);
  const isField = (line: string) => /^[!-9;-~]+[ \t]*:/.test(line);
  const first = lines.findIndex(isField);
  const fields: { name: string; value: string }[] = [];
  for (const line of first < 0 ? [] : lines.slice(first)) {
    const last = fields.at(-1);
    if (/^[ \t]+\S/.test(line) && last) last.value += ` ${line.trim()}`;
    else if (!isField(line)) break;
    else
      fields.push({
        name: line.slice(0, line.indexOf(':')).trim().toLowerCase(),
        value: line.slice(line.indexOf(':') + 1).trim(),
      });
  }
  return fields;
}

/** The tags of a DKIM signature or a DMARC record (RFC 6376, 3.2), by their names; the first of a name counts. */
export function readTags(text: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (name !== '' && !tags.has(name)) tags.set(name, part.slice(at + 1).trim());
  }
  return tags;
}

/** What a mailbox found of a mail by one method. */
export interface AuthenticationResult {
  /** Such as `spf`, `dkim` and `dmarc`. */
  readonly method: string;
  /** Such as `pass`. */
  readonly result: string;
  /** Such as `header.d`, with its value. */
  readonly properties: ReadonlyMap<string, string>;
}

/** The results in the value of an Authentication-Results field (RFC 8601), comments left out. */
export function readResults(value: string): readonly AuthenticationResult[] {
  // The first part names who judged; Outlook leaves it out.
  return withoutComments(value)
    .split(';')
    .flatMap((text) => {
      const [head = '', ...rest] = text.trim().split(/\s+/);
      const [, method, result] = /^([a-z0-9-]+)(?:\/\d+)?=([a-z]+)$/i.exec(head) ?? [];
      if (method === undefined || result === undefined) return [];
      const properties = rest.flatMap((pair) => {
        const [, name, given = ''] = /^([a-z]+\.[a-z0-9-]+)=(.*)$/i.exec(pair) ?? [];
        return name === undefined ? [] : [[name.toLowerCase(), given.replaceAll('"', '').toLowerCase()] as const];
      });
      return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties: new Map(properties) }];
    });
}

/** Comments may be nested; a text that ends within one ends there. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}
