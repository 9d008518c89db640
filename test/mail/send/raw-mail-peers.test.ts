import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { singleLine } from '../../../shared/domain/text/shown-text.js';
import { type ComposedMail, composedMail, parseMailbox } from '../../../shared/mail/send/composed-mail.js';
import { type Piece, sharedPiece } from '../../../shared/mail/send/quoted-printable.js';
import { toMime } from '../../../shared/mail/send/raw-mail.js';

const stamp = { date: new Date('2026-08-07T05:00:00Z'), messageId: '2026-08-07.1.abc@paperboy.example.org' };

function aMail(
  changes: Partial<Pick<ComposedMail, 'from' | 'to' | 'subject' | 'headers'>>,
  body: readonly Piece[] = [],
) {
  const base = { from: 'Paperboy <post@example.org>', to: 'reader@example.net', subject: 'Maps', headers: {} };
  return composedMail({ ...base, ...changes, html: body, text: body });
}

/** The mail as nodemailer writes it. */
async function byNodemailer(mail: ComposedMail): Promise<Buffer> {
  const composer = new MailComposer({
    from: parseMailbox(mail.from),
    replyTo: { name: '', address: parseMailbox(mail.from).address },
    to: parseMailbox(mail.to),
    subject: singleLine(mail.subject),
    headers: Object.entries(mail.headers).map(([key, value]) => ({ key, value: singleLine(value) })),
    text: mail.text || ' ',
    html: mail.html || ' ',
    ...stamp,
    encoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** A mail's header up to its boundary, whose name is each writer's own. */
function headerOf(raw: Buffer): string {
  return raw.toString().replace(/boundary=.*$/s, '');
}

const characters = fc.constantFrom(
  ...['a', 'B', '7', ' ', '  ', '-', '.', ',', ';', '_', '!', '*', '+', '/', '(', '"', '\\', '@', '<', '&', '='],
  ...[
    'é',
    'ß',
    '“',
    '…',
    '雨',
    '🗺️',
    '👩‍👩‍👧',
    'e\u0301\u0302',
    '\ud800',
    '\u00a0',
    'ש',
    'x'.repeat(50),
    'word '.repeat(9),
  ],
);
const texts = fc.array(characters, { maxLength: 90 }).map((all) => all.join(''));
// What looks like an encoded word is always encoded here, so that all read it as it was written; nodemailer lets some pass.
const plain = texts.filter((text) => !text.includes('=?'));

describe('a header', () => {
  it('is byte for byte what nodemailer writes', async () => {
    const names = plain.map((text) => text.replace(/[<>"\\]/g, ''));
    await fc.assert(
      fc.asyncProperty(plain, names, plain, async (subject, name, value) => {
        const headers = { 'X-Note': `n${value}`, 'List-Archive': `<https://example.org/${'a'.repeat(value.length)}>` };
        const mail = aMail({ subject: `S${subject}`, from: `${name} <post@example.org>`, headers });
        expect(headerOf(toMime(mail, stamp))).toBe(headerOf(await byNodemailer(mail)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    'nobody',
    'a@localhost',
    'Doe, Jane <jane@example.org>',
    '"Doe, Jane" <jane@bücher.example>',
    'Päper <post@example.org>',
    `${'long '.repeat(30)} <post@example.org>`,
  ])('names the mailbox %j as nodemailer does', async (mailbox) => {
    const mail = aMail({ from: mailbox, to: mailbox });
    expect(headerOf(toMime(mail, stamp))).toBe(headerOf(await byNodemailer(mail)));
  });
});

const lines = fc
  .array(
    fc.oneof(characters, fc.constantFrom('\n', '\r\n', ' \n', '\t\n', '.\n', '--', 'From ', '=_', '=3D', '\u0000')),
    {
      maxLength: 120,
    },
  )
  .map((all) => all.join(''));

/** Cuts a text anywhere but within a character and within CRLF; every second piece is shared. */
function pieces(text: string, cuts: readonly number[]): readonly Piece[] {
  const units = text.match(/\r\n|[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g) ?? [];
  const places = [0, ...cuts.map((cut) => cut % (units.length + 1)).sort((a, b) => a - b), units.length];
  return places.slice(1).map((end, at) => {
    const piece = units.slice(places[at], end).join('');
    return at % 2 === 0 ? piece : sharedPiece(piece);
  });
}

const whole = (text: string) =>
  Buffer.from(text)
    .toString()
    .replace(/\r\n|\r|\n/g, '\r\n');

describe('a body joined from pieces', () => {
  it('is read back as the text composed at once, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 9 }), async (text, cuts) => {
        const raw = toMime(aMail({}, pieces(text, cuts)), stamp);
        for (const line of raw.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
        const atOnce = toMime(aMail({}, [text]), stamp);
        const [joined, single] = [await new PostalMime().parse(raw), await new PostalMime().parse(atOnce)];
        expect([joined.text, joined.html]).toEqual([single.text, single.html]);
        const [one, other] = [await simpleParser(raw), await simpleParser(await byNodemailer(aMail({}, [text])))];
        if (text !== '') expect([one.text, one.html]).toEqual([other.text, other.html]);
      }),
      { numRuns: 200 },
    );
  });

  it('decodes byte for byte to its text', () => {
    const decode = (part: string) =>
      Buffer.from(
        part
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString();
    fc.assert(
      fc.property(lines, fc.array(fc.nat(), { maxLength: 9 }), (text, cuts) => {
        const raw = toMime(aMail({}, pieces(text, cuts)), stamp).toString('latin1');
        const [, plainPart = '', htmlPart = ''] = raw.split(/\r\n--=_[^\r]*/);
        for (const part of [plainPart, htmlPart]) {
          expect(decode(part.slice(part.indexOf('\r\n\r\n') + 4))).toBe(whole(text));
        }
      }),
      { numRuns: 300 },
    );
  });
});
