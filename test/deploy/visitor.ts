import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Parser } from 'htmlparser2';

/** What a page answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A form as a browser would send it. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Asks for a page of a host under `localhost`; this machine need not know its name. */
export function visit(address: string, post?: Fields): Promise<Answer> {
  const { hostname, port, pathname, search } = new URL(address);
  const body =
    post && new URLSearchParams([...post.map(([name, value]): [string, string] => [name, value])]).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body?.length ?? 0) };
  const headers = { host: port === '' ? hostname : `${hostname}:${port}`, ...(post && type) };
  const options = { host: '127.0.0.1', port, path: `${pathname}${search}`, method: post ? 'POST' : 'GET', headers };
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, timeout: 30_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => (text += String(piece)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${address} did not answer within 30 s`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The proof of work that the page's script would have its worker do; all texts in hexadecimal. */
function solve(nonce: string, salt: string, prefix: string): string {
  const text = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(nonce, 'hex'), Buffer.alloc(4)]);
  for (let number = 0; number < 1_000_000; number += 1) {
    text.writeUInt32BE(number, text.length - 4);
    if (createHash('sha256').update(text).digest('hex').startsWith(prefix)) return String(number);
  }
  throw new Error('the proof of work cannot be done');
}

/** The first form of a page: where it is sent, and its hidden fields, with the proof of work done. */
export function formOn(page: string): { readonly action: string; readonly hidden: Fields } {
  let action: string | undefined;
  const hidden: [string, string][] = [];
  const parser = new Parser({
    onopentag(name, { type, name: field = '', value = '', action: target, ...others }) {
      if (name === 'form') action ??= target;
      const { 'data-nonce': nonce, 'data-salt': salt, 'data-prefix': prefix } = others;
      const solved = nonce && salt && prefix ? solve(nonce, salt, prefix) : value;
      if (name === 'input' && type === 'hidden') hidden.push([field, solved]);
    },
  });
  parser.end(page);
  if (action === undefined) throw new Error('there is no form on the page');
  return { action, hidden };
}

/** The first link of a page whose path is this one. */
export function linkOn(page: string, path: string): string {
  let found: string | undefined;
  new Parser({
    onopentag(_name, { href }) {
      if (href?.startsWith(path)) found ??= href;
    },
  }).end(page);
  if (found === undefined) throw new Error(`there is no link to ${path} on the page`);
  return found;
}
