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

/** The first form of a page: where it is sent, and its hidden fields. */
export function formOn(page: string): { readonly action: string; readonly hidden: Fields } {
  let action: string | undefined;
  const hidden: [string, string][] = [];
  const parser = new Parser({
    onopentag(name, { type, name: field = '', value = '', action: target }) {
      if (name === 'form') action ??= target;
      if (name === 'input' && type === 'hidden') hidden.push([field, value]);
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
