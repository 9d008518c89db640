import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { cardRenderer } from '../../../shared/mail/card/card-renderer.js';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { composeNotice } from '../../../shared/mail/notice/compose-notice.js';
import { subscriberLinks } from '../../../shared/mail/send/installation.js';
import { toMime } from '../../../shared/mail/send/raw-mail.js';
import { signToken } from '../../../shared/runtime/tokens.js';
import { aDigest, aDigestPaper } from '../../mail/digest-builder.js';
import { instant, subscriberId } from '../../support/builders.js';
import { recordedPapers } from './filter-probes.js';
import { CaseError, type ProbeKind, probeKind } from './probe-kind.js';
import { keys } from './subscriber-tables.js';

const sentAt = instant('2026-08-07T05:16');
const pagesUrl = 'https://paperboy.example.org';
const links = subscriberLinks(keys.signing[0], pagesUrl, subscriberId(1), sentAt);

const wordBegin = /=\?[\w-]+\?[QB]\?/gi;
const encodedWord = /=\?([\w-]+)\?([QB])\?([^?\s]*)\?=/gi;

/** Whether a word of RFC 2047 is short enough and has no part of a character. */
function isWhole([word = '', charset = '', encoding = '', text = '']: readonly string[]): boolean {
  const octets = text
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const bytes = encoding.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : Buffer.from(octets, 'latin1');
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return word.length <= 75;
  } catch {
    return false;
  }
}

async function answerMime({ title, from }: { readonly title: string; readonly from?: string | undefined }) {
  const sender = from === undefined ? {} : { sender: from };
  const mail = composeDigest(aDigest({ papers: [aDigestPaper({ title })], ...links, ...sender }));
  const raw = await toMime(mail, { date: new Date(sentAt), messageId: `1.1.${subscriberId(1)}@paperboy.example.org` });
  const text = raw.toString('latin1');
  const [head = ''] = text.split('\r\n\r\n');
  const field = /^List-Unsubscribe:.*(?:\r\n[ \t].*)*/im.exec(head)?.[0] ?? '';
  const words = [...head.matchAll(encodedWord)];
  return {
    wordsWhole: words.length === [...head.matchAll(wordBegin)].length && words.every(isWhole),
    unsubscribeEncoded: field.includes('=?'),
    unsubscribeUnfolds: field.replace(/\r\n(?=[ \t])/g, '').replace(/^[^:]*:\s*/, '') === `<${links.unsubscribeUrl}>`,
    maxLine: text.split('\r\n').every((line) => line.length <= 998),
  };
}

/** Composes a digest of the recorded papers that need the most room. */
function answerSize(count: number, folder: string) {
  const cards = cardRenderer();
  const sizeOf = (paper: RankedPaper) => cards(paper, 'lead').html.afterReason.text.length;
  const papers = [...recordedPapers(folder)].sort((one, other) => sizeOf(other) - sizeOf(one)).slice(0, count);
  if (papers.length < count) throw new CaseError(`${folder} has ${papers.length} papers: ${count} are wanted`);
  const reasons = [{ topic: 'Large Language Models', words: ['language models', 'inference', 'agents', 'memory'] }];
  const { html } = composeDigest(aDigest({ papers: papers.map((paper) => ({ ...paper, reasons })), ...links }));
  const bytes = Buffer.byteLength(html);
  return { papers: papers.length, under102KB: bytes < 102_000, bytes };
}

/** Whether in every text with links of the reader's own each of them has its line. */
function answerTextLinks() {
  const base = { to: 'reader@example.net', sender: 'Paperboy <post@example.org>', postalAddress: '1 Long Lane' };
  const confirmUrl = `${pagesUrl}/confirm?token=${subscriberId(1)}.${'q'.repeat(43)}`;
  const mails = [
    composeDigest(aDigest(links)),
    composeNotice({ kind: 'confirmation', confirmUrl, topics: ['Tables'], ownFilters: 1, hour: 7, ...base }),
    composeNotice({ kind: 'already-subscribed', hour: 7, timeZone: 'UTC', isPaused: false, ...links, ...base }),
  ];
  const lines = mails.flatMap(({ text }) => text.split('\n')).filter((line) => line.includes('token='));
  return { ownLine: lines.length > 0 && lines.every((line) => /^\s*https:\S+\s*$/.test(line)) };
}

/** Signs links for many subscribers on many days. */
function answerTokens(count: number) {
  const tokens = Array.from({ length: count }, (_, index) => {
    const subscriber = createHash('sha256').update(String(index)).digest('base64url').slice(0, 22) as SubscriberId;
    const claims = { subscriber, issuedOn: Math.floor(sentAt / dayMs) + index };
    return signToken(keys.signing[0], index % 2 === 0 ? 'preferences' : 'unsubscribe', claims);
  });
  return { endsWithSign: tokens.some((token) => !/[A-Za-z0-9]$/.test(token)) };
}

/** Mails as they are composed and sent. */
export const mailProbes: Readonly<Record<string, ProbeKind>> = {
  mime: probeKind(z.object({ title: z.string(), from: z.optional(z.string()) }), answerMime),
  size: probeKind(z.object({ count: z.number(), folder: z.string() }), ({ count, folder }, context) =>
    answerSize(count, context.folder(folder)),
  ),
  preheader: probeKind(z.object({}), () => ({
    msoHide: /display:\s*none[^"]*mso-hide:\s*all|mso-hide:\s*all[^"]*display:\s*none/.test(
      composeDigest(aDigest()).html,
    ),
  })),
  textLinks: probeKind(z.object({}), answerTextLinks),
  tokens: probeKind(z.object({ count: z.number() }), ({ count }) => answerTokens(count)),
};
