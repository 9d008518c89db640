import { expect, it } from '@jest/globals';
import { singleLine } from '../../../shared/domain/text/shown-text.js';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { type ComposedMail, parseMailbox } from '../../../shared/mail/send/composed-mail.js';
import { toMime } from '../../../shared/mail/send/raw-mail.js';
import { previewMails } from '../../preview/preview-mails.js';
import { aDigest } from '../digest-builder.js';
import { readHtml } from '../read-html.js';
import { hostileDigests } from './hostile-digests.js';
import { bodyOf, byMailparser, byPostalMime, byPython, type Reading } from './readings.js';

/** How many mails: 20,000 take about ten minutes. */
const count = Number(process.env.HOSTILE_MAILS ?? 500);
const batch = 250;
const stamp = { date: new Date('2026-08-07T05:00:00Z'), messageId: '2026-08-07.1.abc@paperboy.example.org' };
const hosts = ['arxiv.org', 'huggingface.co', 'github.com', 'paperboy.example.org', 'project.example'];

const fieldsOf = (raw: Buffer) =>
  [...(raw.toString('latin1').split('\r\n\r\n')[0] ?? '').matchAll(/^([^\s:]+):/gm)].map(([, name = '']) =>
    name.toLowerCase(),
  );
const cleanFields = fieldsOf(toMime(composeDigest(aDigest()), stamp));
const knownTags = new Set(Object.values(previewMails()).flatMap(({ html }) => readHtml(html).tags));
/** Without half of a pair, which no bytes can say. */
const sayable = (text: string) => Buffer.from(text).toString();

function expected(mail: ComposedMail): Reading {
  const { name, address } = parseMailbox(mail.from);
  return {
    fields: cleanFields,
    subject: sayable(singleLine(mail.subject)),
    from: [sayable(name), address],
    to: mail.to,
    text: bodyOf(sayable(mail.text)),
    html: bodyOf(sayable(mail.html)),
    defects: [],
  };
}

/** What is wrong with the bytes, and with what they show. */
function faultsOf(mail: ComposedMail, raw: Buffer): readonly string[] {
  const bytes = raw.toString('latin1');
  const lines = bytes.split('\r\n');
  const words = [...(bytes.split('\r\n\r\n')[0] ?? '').matchAll(/=\?[^ \r\n]*/g)];
  const { tags, links } = readHtml(mail.html);
  return [
    ...(/[^\t\r\n\x20-\x7e]/.test(bytes) || /\r(?!\n)|(?<!\r)\n/.test(bytes) ? ['an octet that no mail has'] : []),
    ...lines.filter((line) => line.length > 998).map(() => 'a long line'),
    ...words.filter(([word]) => word.length > 75).map(([word]) => `a long word ${word}`),
    ...tags.filter((tag) => !knownTags.has(tag)).map((tag) => `a tag ${tag}`),
    ...links.filter((link) => !/^https:/.test(link) || !hosts.includes(new URL(link).host)).map((link) => `to ${link}`),
  ];
}

/** Python leaves a blank in between two encoded words of a name (cpython issue 128110). */
const unspaced = ({ from: [name, address], ...rest }: Reading) => ({
  ...rest,
  from: [name.replaceAll(' ', ''), address],
});

it(`is read back alike by all, whatever is in it, in ${count} mails`, async () => {
  for (let done = 0; done < count; done += batch) {
    const mails = hostileDigests(Math.min(batch, count - done), done).map((digest) => composeDigest(digest));
    const raws = mails.map((mail) => toMime(mail, stamp));
    const python = byPython(raws);
    for (const [at, mail] of mails.entries()) {
      const raw = raws[at] ?? Buffer.alloc(0);
      const told = expected(mail);
      expect({ mail: done + at, faults: faultsOf(mail, raw) }).toEqual({ mail: done + at, faults: [] });
      expect(await byPostalMime(raw)).toEqual(told);
      expect(await byMailparser(raw)).toEqual(told);
      const pythons = python?.[at];
      if (pythons) expect(unspaced(pythons)).toEqual(unspaced(told));
    }
  }
}, 3_600_000);
