import { type AddressInfo, createServer, type Socket } from 'node:net';
import { eventually } from './report.js';

/** A mail as SMTP brought it: its envelope's receivers and its bytes in Latin-1. */
export interface SunkMail {
  readonly to: readonly string[];
  readonly raw: string;
}

/** Headers of a mail as it was sent, unfolded and not decoded, and its body (RFC 5322). */
export function splitMail({ raw }: SunkMail): { readonly headers: readonly Header[]; readonly body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .flatMap((line): Header[] => {
      const [, name, value = ''] = /^([^:\s]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    });
  return { headers, body: raw.slice(end + 4) };
}

type Header = readonly [name: string, value: string];

/** Everything in a mail, headers and all parts, read as quoted-printable (RFC 2045) and UTF-8. */
export function textOf({ raw }: SunkMail): string {
  const bytes = raw
    .replace(/=[ \t]*\r\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** An SMTP server on 127.0.0.1 that takes everything and delivers nothing. */
export interface MailSink {
  readonly port: number;
  readonly mails: readonly SunkMail[];
  /** The first mail to that address that `isIt` picks, now or soon. */
  readonly mailTo: (address: string, what: string, isIt: (mail: SunkMail) => boolean) => Promise<SunkMail>;
}

/** Opens a sink; it goes on until this process ends. */
export async function openMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = [];
  const server = createServer((socket) => take(socket, (mail) => mails.push(mail)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    mailTo: (address, what, isIt) =>
      eventually(`${what} to ${address}`, () => mails.find((mail) => mail.to.includes(address) && isIt(mail))),
  };
}

/** Speaks as much of RFC 5321 as Python's smtplib asks for. */
function take(socket: Socket, keep: (mail: SunkMail) => void): void {
  let unread = '';
  let to: string[] = [];
  let isData = false;
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const command = (line: string) => {
    const receiver = /^RCPT TO:\s*<([^>]*)>/i.exec(line)?.[1];
    if (receiver !== undefined) to.push(receiver);
    if (/^DATA/i.test(line)) {
      isData = true;
      say('354 end with a dot');
    } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else say(/^(EHLO|HELO|MAIL|RCPT|RSET|NOOP)/i.test(line) ? '250 ok' : '502 not played');
  };
  const next = () => {
    const end = isData ? '\r\n.\r\n' : '\r\n';
    const at = unread.indexOf(end);
    if (at < 0) return false;
    const piece = unread.slice(0, at);
    unread = unread.slice(at + end.length);
    if (!isData) command(piece);
    else {
      keep({ to, raw: `${piece}\r\n`.replace(/^\.\./gm, '.') });
      [to, isData] = [[], false];
      say('250 taken');
    }
    return true;
  };
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece) => {
    unread += String(piece);
    while (next());
  });
  say('220 sink');
}
