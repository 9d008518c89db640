import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ComposedMail, composedMail } from '../../../shared/mail/send/composed-mail.js';
import { toMime } from '../../../shared/mail/send/raw-mail.js';

const stamp = { date: new Date('2026-08-07T05:00:00Z'), messageId: '2026-08-07.1.abc@paperboy.example.org' };

function aMail({ html, text, ...changes }: Partial<ComposedMail> = {}): ComposedMail {
  return composedMail({
    from: 'Paperboy <post@example.org>',
    to: 'reader@example.net',
    subject: 'Reading maps + 9 more',
    html: [html ?? '<!doctype html><p>Hello “maps”</p>'],
    text: [text ?? 'Hello\n“maps”\n'],
    headers: {
      'List-Unsubscribe': `<https://paperboy.example.org/unsubscribe?token=${'a1b2c3d4.'.repeat(12)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    ...changes,
  });
}

/** The header fields, unfolded, as [name, value]. */
function fields(raw: Buffer): [string, string][] {
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
}

const field = (raw: Buffer, name: string) =>
  fields(raw)
    .filter(([key]) => key === name)
    .map(([, value]) => value);

/** Decodes quoted-printable (RFC 2045, 6.7). */
function decoded(part: string): string {
  const bytes = part
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function parts(raw: Buffer): { head: string; body: string }[] {
  const text = raw.toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  const pieces = text.split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const [head = '', ...body] = piece.split('\r\n\r\n');
    return { head, body: decoded(body.join('\r\n\r\n').replace(/\r\n$/, '')) };
  });
}

describe('raw MIME', () => {
  it('offers text first, then HTML', async () => {
    const raw = await toMime(aMail(), stamp);
    expect(field(raw, 'Content-Type')[0]).toMatch(/^multipart\/alternative;/);
    const [text, html] = parts(raw);
    expect(text?.head).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(text?.body).toBe('Hello\r\n“maps”\r\n');
    expect(html?.head).toMatch(/Content-Type: text\/html; charset=utf-8/);
    expect(html?.body).toBe('<!doctype html><p>Hello “maps”</p>');
  });

  it('carries the headers of the mail, whole when unfolded', async () => {
    const raw = await toMime(aMail(), stamp);
    expect(field(raw, 'List-Unsubscribe')).toEqual([aMail().headers['List-Unsubscribe']]);
    expect(field(raw, 'List-Unsubscribe-Post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(field(raw, 'Date')).toEqual(['Fri, 07 Aug 2026 05:00:00 +0000']);
    expect(field(raw, 'Message-ID')).toEqual(['<2026-08-07.1.abc@paperboy.example.org>']);
  });

  it('gives the same bytes for the same mail, and another boundary for another', async () => {
    const raw = await toMime(aMail(), stamp);
    expect((await toMime(aMail(), stamp)).equals(raw)).toBe(true);
    const other = await toMime(aMail(), { ...stamp, messageId: '2026-08-07.2.abc@paperboy.example.org' });
    expect(field(other, 'Content-Type')).not.toEqual(field(raw, 'Content-Type'));
  });

  it('writes domains in ASCII', async () => {
    const raw = await toMime(aMail({ from: 'Päper <post@bücher.example>', to: 'reader@münchen.example' }), stamp);
    expect(field(raw, 'To')).toEqual(['reader@xn--mnchen-3ya.example']);
    expect(field(raw, 'From')[0]).toMatch(/^=\?UTF-8\?Q\?P=C3=A4per\?= <post@xn--bcher-kva\.example>$/);
  });

  it('lets no text add a header or a recipient', async () => {
    const attack = 'x\r\nBcc: victim@example.com\r\n\r\nbody';
    const clean = fields(await toMime(aMail({ headers: { 'List-Id': 'a' } }), stamp)).map(([name]) => name);
    const raw = await toMime(
      aMail({
        from: `${attack} <post@example.org>`,
        to: `a@example.net, b@example.net${attack}`,
        subject: attack,
        headers: { 'List-Id': attack },
      }),
      { ...stamp, messageId: `m${attack}@x` },
    );
    expect(fields(raw).map(([name]) => name)).toEqual(clean);
    expect(field(raw, 'To')[0]).toMatch(/^<[^<>]*>$/);
  });

  it('keeps to the limits of lines and encoded words for any text', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 });
    const breaks = fc
      .array(fc.constantFrom('\r', '\n', '\r\n', 'é', '雨', '.', 'From ', 'x'.repeat(1200), '='))
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, breaks), fc.oneof(text, breaks), async (subject, body) => {
        const raw = (
          await toMime(aMail({ subject: `S${subject}`.slice(0, 78), text: body, html: `<p>${body}` }), stamp)
        ).toString('latin1');
        expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
        for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
        for (const [word] of raw.matchAll(/=\?UTF-8\?[QB]\?[^?]*\?=/g)) expect(word.length).toBeLessThanOrEqual(75);
      }),
      { numRuns: 60 },
    );
  });
});
