import type { FormFields } from '../../../shared/domain/subscriber/own-filters.js';

/** Largest body of a form, in bytes, and of one in which papers can be named: a megabyte of text, a few signs of it escaped. */
export const formBytes = 16 * 1024;
export const papersFormBytes = 3 * 1024 * 1024;

/** The fields a form has; any other is refused. */
export interface FormShape {
  readonly single: readonly string[];
  readonly repeated: readonly string[];
}

/** A form's fields, or why its body is not a form, with a sentence that says what to do. */
type ReadForm =
  | { readonly ok: true; readonly fields: FormFields }
  | { readonly ok: false; readonly status: 400 | 415; readonly advice: string };

const refused = (advice: string): ReadForm => ({ ok: false, status: 400, advice });
const urlencoded = /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Control characters other than the white space of a text field. */
const control = /[^\P{Cc}\t\r\n]/u;

/**
 * Reads a body of the type `application/x-www-form-urlencoded`, strictly: known fields only, single ones once, UTF-8,
 * whole escapes. Format: https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function readForm(contentType: string | undefined, body: Uint8Array, shape: FormShape): ReadForm {
  if (!urlencoded.test(contentType ?? '')) {
    const advice = 'Send the fields as a plain form (application/x-www-form-urlencoded in UTF-8), without files.';
    return { ok: false, status: 415, advice };
  }
  const pairs = decode(body);
  if (!pairs) return refused('Some characters were damaged on the way. Send the form again in UTF-8.');
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    const before = fields[name];
    if (Array.isArray(before)) before.push(value);
    else if (shape.repeated.includes(name)) fields[name] = [value];
    else if (!shape.single.includes(name))
      return refused('The form has an unknown field. Reload the page and use its own form.');
    else if (name in fields) return refused('A field was sent twice. Reload the page and fill in each field once.');
    else fields[name] = value;
  }
  return { ok: true, fields };
}

/** `undefined` for a broken escape, bytes that are not UTF-8, half a surrogate pair, or a control character. */
function decode(body: Uint8Array): (readonly [string, string])[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const plain = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
    const pairs = text
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=');
        return [plain(name), plain(rest.join('='))] as const;
      });
    return pairs.some(([, value]) => control.test(value)) ? undefined : pairs;
  } catch {
    return undefined;
  }
}
