import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import { scoreTrends } from '../../../lambdas/score-trends/score-trends.js';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { monthRepository } from '../../../shared/storage/months-repository.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { anObservation, aPaper, instant } from '../../support/builders.js';
import { fakeHighlightRepository } from '../../support/fake-highlight-repository.js';
import { savePaper } from '../../support/save-paper.js';
import { idsIn, knownFrom, type Played, playSources } from './played-sources.js';
import { type CaseContext, CaseError, isoTime, type ProbeKind, probeKind } from './probe-kind.js';

/** Ingests into a table of its own, each time from what is played. */
async function openIngest(context: CaseContext) {
  const dynamo = await context.dynamo();
  const papers = paperRepository(dynamo.client, await dynamo.createTable('papers'));
  const ingest = (at: Instant, played: Played) => {
    const { huggingFace, arxiv } = playSources(played);
    return ingestPapers({
      sources: [huggingFace, arxiv],
      describe: arxiv.describe,
      papers,
      publish: async () => undefined,
      warn: () => undefined,
      countDown: () => undefined,
      countStarsMissing: () => undefined,
      now: () => at,
    });
  };
  const isWithdrawn = async (id: PaperId) => (await papers.find([id])).get(id)?.paper.isWithdrawn;
  return { papers, ingest, isWithdrawn };
}

const runs = z.array(z.object({ at: isoTime, file: z.string() }));

/** Ingests one feed after the other; asked about a paper, arXiv knows of it what its feeds have said so far. */
async function answerRuns(
  { runs: given, about }: { readonly runs: z.infer<typeof runs>; readonly about?: string | undefined },
  context: CaseContext,
) {
  const { papers, ingest, isWithdrawn } = await openIngest(context);
  const feeds: string[] = [];
  const answers: object[] = [];
  for (const { at, file } of given) {
    const feed = context.file(file);
    feeds.push(feed);
    await ingest(Date.parse(at), { feed, describe: knownFrom(feeds) });
    const health = (await papers.health()).find(({ source }) => source === 'arxiv')?.status;
    const withdrawn = about === undefined ? {} : { withdrawn: await isWithdrawn(about as PaperId) };
    answers.push({ at, health, ...withdrawn });
  }
  return { runs: answers };
}

/** A paper of the daily lists about which arXiv is asked again each day. */
async function answerDescriptions(texts: readonly string[], context: CaseContext) {
  const [id] = texts.flatMap(idsIn);
  if (!id) throw new CaseError('an unwithdraw probe needs answers with an entry');
  const { ingest, isWithdrawn } = await openIngest(context);
  const listed = {
    paper: { id, title: 'Listed', summary: 'As it was listed.', publishedAt: '2026-08-06T00:00:00.000Z', upvotes: 1 },
  };
  const withdrawn: (boolean | undefined)[] = [];
  for (const [index, text] of texts.entries()) {
    await ingest(instant('2026-08-07T06:00') + index * dayMs, { listOf: () => [listed], describe: () => text });
    withdrawn.push(await isWithdrawn(id));
  }
  return { withdrawn };
}

/** A client whose conditional writes arrive twice: the SDK repeats one whose reply was lost. */
function repeating(client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const send = async (command: { readonly input: object }) => {
    if ('ConditionExpression' in command.input) await client.send(command as never);
    return client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

async function answerPublication(context: CaseContext) {
  const { papers } = await openIngest(context);
  const dynamo = await context.dynamo();
  const table = await dynamo.createTable('editions');
  const editions = editionRepository(repeating(dynamo.client), table);
  await savePaper(papers, aPaper(), anObservation());
  let announced = 0;
  const at = instant('2026-08-07T05:00');
  const result = await scoreTrends(
    { at, sources: [{ name: 'arxiv', status: 'fresh' }] },
    {
      papers,
      editions,
      months: monthRepository(dynamo.client, table),
      highlights: fakeHighlightRepository(),
      catalogue: [],
      announce: async () => {
        announced += 1;
      },
      publishHour: 5,
      now: () => at,
    },
  ).catch(() => undefined);
  return { outcome: result?.outcome, announced, threw: result === undefined };
}

/** From the sources to the edition, on tables. */
export const ingestProbes: Readonly<Record<string, ProbeKind>> = {
  ingest: probeKind(z.object({ runs, about: z.optional(z.string()) }), answerRuns),
  unwithdraw: probeKind(z.object({ files: z.array(z.string()) }), ({ files }, context) =>
    answerDescriptions(files.map(context.file), context),
  ),
  publishRetry: probeKind(z.object({}), (_, context) => answerPublication(context)),
};
