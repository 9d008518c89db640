import { composeDigest } from '../../shared/mail/digest/compose-digest.js';
import type { Digest, DigestPaper } from '../../shared/mail/digest/digest.js';
import { composeNotice } from '../../shared/mail/notice/compose-notice.js';
import { composeStillHere } from '../../shared/mail/quiet/compose-still-here.js';
import type { ComposedMail } from '../../shared/mail/send/composed-mail.js';
import { aDigest } from '../mail/digest-builder.js';
import { likePapers, oddPapers, previewPapers, today } from './preview-papers.js';

const dayLine = '3 new since yesterday, 7 from earlier this week. Hugging Face listed nothing on Saturday.';
const token = 'AAECAwQFBgcICQoLDA0ODw.20671.preview-preview-preview-preview-previe';
const links = {
  preferencesUrl: `https://paperboy.example.org/preferences?token=${token}`,
  unsubscribeUrl: `https://paperboy.example.org/unsubscribe?token=${token}`,
};
const letterhead = {
  to: 'reader@example.net',
  sender: 'Paperboy <post@example.org>',
  postalAddress: '1 Long Lane, 12345 Smalltown',
};
const welcome = {
  kind: 'welcome',
  ...letterhead,
  ...links,
  next: 'tomorrow, Saturday, at 7 a.m. (New York time)',
  listId: 'paperboy.example.org',
  editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
} as const;

function digestOf(papers: readonly DigestPaper[], changes: Partial<Digest> = {}): Digest {
  const dayUrl = `https://paperboy.example.org/day?token=${token}`;
  const lessUrl = `https://paperboy.example.org/less?token=${token}`;
  const likeUrl = `https://paperboy.example.org/like?token=${token}`;
  const matched = 2 * papers.length + 3;
  return aDigest({ edition: today, papers, dayLine, matched, dayUrl, lessUrl, likeUrl, ...links, ...changes });
}

const digest = (papers: readonly DigestPaper[], changes?: Partial<Digest>) => composeDigest(digestOf(papers, changes));

/** Every kind of mail that a reader may get, by a name for its file. */
export function previewMails(): Readonly<Record<string, ComposedMail>> {
  const [lead, ...others] = previewPapers(4);
  if (!lead) throw new Error('the preview has no papers');
  const withdrawn = { ...lead, paper: { ...lead.paper, isWithdrawn: true } };
  const ten = digest(previewPapers(10));
  return {
    'digest-1': digest(previewPapers(1), { matched: 1, dayLine: '1 new since yesterday.' }),
    'digest-10': ten,
    'digest-10-own-words': digest(previewPapers(10), { aiSummaries: false }),
    'digest-10-without-style': { ...ten, text: ten.text, html: ten.html.replace(/<style>.*?<\/style>/gs, '') },
    'digest-like-papers': digest(likePapers(10)),
    'digest-25': digest(previewPapers(25)),
    quiet: digest(previewPapers(2), {
      matched: 2,
      dayLine: 'Nothing new since yesterday: 2 from earlier this week.',
    }),
    'best-unseen': digest(
      previewPapers(5).map((paper) => ({ ...paper, reasons: [] })),
      {
        matched: 0,
        dayLine: `Nothing new matched your topics today: these are the best papers outside them. ${dayLine}`,
      },
    ),
    'still-here': composeStillHere({
      ...letterhead,
      ...links,
      listId: 'paperboy.example.org',
      edition: today,
      editionUrl: 'https://paperboy.example.org/editions/2026-08-07',
      quietEditions: 8,
      surroundings: {
        topics: [
          { name: 'Sparse attention', sentBefore: 3 },
          { name: 'Whale song', sentBefore: 0 },
        ],
        closest: others.map((ranked, at) => ({ ranked, topic: 'Whale song', words: ['song', 'audio'].slice(at % 2) })),
        best: [],
      },
      sources: ['Hugging Face listed nothing on Saturday.'],
      mayHaveBest: true,
    }),
    first: composeNotice({ ...welcome, digest: digestOf(previewPapers(10)) }),
    resurfaced: digest([{ ...lead, lane: 'resurfaced' }, ...others]),
    withdrawn: digest([withdrawn, ...others]),
    odd: digest(oddPapers()),
    'notice-confirmation': composeNotice({
      kind: 'confirmation',
      confirmUrl: `https://paperboy.example.org/confirm?token=${token}`,
      topics: ['LLM serving', 'Diffusion', 'Agents'],
      ownFilters: 2,
      hour: 7,
      ...letterhead,
    }),
    'notice-welcome': composeNotice(welcome),
    'notice-already-subscribed': composeNotice({
      kind: 'already-subscribed',
      hour: 7,
      timeZone: 'America/New_York',
      isPaused: false,
      ...letterhead,
      ...links,
    }),
    'notice-goodbye': composeNotice({
      kind: 'goodbye',
      undoUrl: `https://paperboy.example.org/unsubscribe/undo?token=${token}`,
      eraseUrl: `https://paperboy.example.org/preferences/erase?token=${token}`,
      undoDays: 30,
      ...letterhead,
    }),
  };
}
