import * as z from 'zod/mini';
import { startOf } from '../../../shared/domain/calendar-date.js';
import { mergeRecord } from '../../../shared/domain/paper/merge-record.js';
import type { PaperRecord } from '../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { cardView } from '../../../shared/mail/card/card-view.js';
import { aTrendScore, day } from '../../support/builders.js';
import { idsIn, playSources } from './played-sources.js';
import { type ProbeKind, probeKind } from './probe-kind.js';

const today = day('2026-08-07');

/** The card of a paper that one record alone tells of. */
function cardOf(record: PaperRecord) {
  const paper = mergeRecord(undefined, record, startOf(today));
  return cardView({ paper, score: aTrendScore(), counts: record.counts ?? {} });
}

/** Records of arXiv, with their texts as a mail shows them. */
function shownRecords(records: readonly PaperRecord[]) {
  const shown = records.map((record) => {
    const { title, authors, summary } = cardOf(record);
    const { id, isWithdrawn = null } = record;
    return { id, title, authors: record.authors, authorsLine: authors, withdrawn: isWithdrawn, abstract: summary };
  });
  return { records: shown };
}

async function answerItem(item: unknown) {
  const { huggingFace } = playSources({ listOf: (date) => (date === today ? [item] : []) });
  const { records, rejected } = await huggingFace.latest(today);
  const [record] = records;
  if (!record) return { kept: false, reason: rejected[0]?.reason };
  const { authors, counts = {}, organisation = null, submitter = null } = record;
  return { kept: true, authors, counts, organisation, submitter, title: cardOf(record).title };
}

/** Asks about papers while arXiv answers 429; `obeyed`: no request came before its time. */
async function answerRateLimit(retryAfter: string | undefined) {
  const refusal = () => new Response('', { status: 429, headers: retryAfter ? { 'retry-after': retryAfter } : {} });
  const { arxiv, askedAt } = playSources({ describe: refusal });
  const answer = await arxiv.describe(['2608.05990' as PaperId]).catch(() => undefined);
  const pauses = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
  const obeyed = pauses.every((pause) => pause >= Number(retryAfter ?? 0) * 1000);
  return { thrown: answer === undefined, unanswered: answer?.unanswered.length, obeyed };
}

const feedFile = z.object({ file: z.string() });

/** What the sources say, as the product reads and shows it. */
export const sourceProbes: Readonly<Record<string, ProbeKind>> = {
  feed: probeKind(feedFile, async ({ file }, context) =>
    shownRecords((await playSources({ feed: context.file(file) }).arxiv.latest(today)).records),
  ),
  query: probeKind(z.object({ file: z.string(), ids: z.optional(z.array(z.string())) }), async (given, context) => {
    const text = context.file(given.file);
    const ids = (given.ids as PaperId[] | undefined) ?? idsIn(text);
    return shownRecords((await playSources({ describe: () => text }).arxiv.describe(ids)).records);
  }),
  hf: probeKind(z.object({ item: z.unknown() }), ({ item }) => answerItem(item)),
  rateLimit: probeKind(z.object({ retryAfter: z.optional(z.string()) }), ({ retryAfter }) =>
    answerRateLimit(retryAfter),
  ),
};
