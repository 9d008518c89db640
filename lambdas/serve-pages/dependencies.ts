import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { arxivGroup, type IngestPapers, type SendNotice } from '../../shared/contract/messages.js';
import { type SeenHashesOf, seenHashesFrom } from '../../shared/delivery/seen-hashes.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { Paper } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { catalogue, type TopicGroup, topicGroups } from '../../shared/domain/subscriber/catalogue.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { type Keys, keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { type ConsentRepository, consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type EditionRepository, editionReader } from '../../shared/storage/editions-repository.js';
import { type LearnedTopicRepository, learnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import { type HindsightRepository, hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { type MonthRepository, monthReader } from '../../shared/storage/months-repository.js';
import { readDescribed } from '../../shared/storage/papers/paper-rows.js';
import { type PaperRepository, paperNotes } from '../../shared/storage/papers/papers-repository.js';
import { formRequests, type RequestRepository } from '../../shared/storage/requests-repository.js';
import { type RunProgressReader, runProgressReader } from '../../shared/storage/run-progress.js';
import { confirmedSignups, type SignupRepository } from '../../shared/storage/signups-repository.js';
import {
  type SubscriberRepository,
  subscriptionRepository,
} from '../../shared/storage/subscribers/subscribers-repository.js';
import { sendingReader, type TrafficRepository } from '../../shared/storage/traffic-repository.js';
import type { SubscriptionWrite } from './change-subscription.js';
import { type LoadDay, rememberedDays } from './day/remembered-days.js';
import { type EditionCalendar, rememberedCalendar } from './editions/edition-calendar.js';
import { type Archives, rememberedArchives, rememberedEditions } from './editions/remembered-editions.js';
import type { servePagesEnv } from './env.js';
import { type LoadSent, rememberedSent } from './feeds/remembered-sent.js';
import type { Publisher } from './frame/pages/privacy-page.js';
import type { FreshPagesDeps } from './fresh-pages.js';
import { type Learning, learningFrom } from './learned/learning.js';
import { type LoadScoreboards, rememberedScoreboards } from './papers/remembered-scoreboards.js';
import { rememberedTitles, type TitlesOf } from './preferences/latest-digests.js';

/** What the pages need of the outside world; each use case says which part of it is its own. */
export interface ServePagesDeps extends Learning {
  readonly editions: Pick<EditionRepository, 'find' | 'frequencies' | 'newestDate' | 'topicCounts' | 'withdrawn'>;
  readonly calendar: EditionCalendar;
  readonly runs: RunProgressReader;
  readonly traffic: Pick<TrafficRepository, 'sending'>;
  readonly hindsights: Pick<HindsightRepository, 'newest'>;
  readonly archives: Archives;
  readonly papers: Pick<PaperRepository, 'health'>;
  /** A paper as it was last described; `undefined` when it never came in. */
  readonly describedPaper: (id: PaperId) => Promise<Paper | undefined>;
  readonly scoreboards: LoadScoreboards;
  readonly months: Pick<MonthRepository, 'papersAt'>;
  readonly loadDay: LoadDay;
  readonly titlesOf: TitlesOf;
  readonly loadSent: LoadSent;
  readonly seenHashes: SeenHashesOf;
  readonly subscribers: Pick<
    SubscriberRepository,
    'load' | 'statusOf' | 'isConfirmedBy' | 'beginMove' | SubscriptionWrite
  >;
  readonly signups: Pick<SignupRepository, 'forget'>;
  readonly consents: Pick<ConsentRepository, 'append' | 'of'>;
  readonly requests: Pick<RequestRepository, 'useStamp' | 'count'>;
  readonly learnedTopics: LearnedTopicRepository;
  readonly enqueue: (notices: readonly SendNotice[], delaySeconds?: number) => Promise<void>;
  readonly keys: () => Promise<Keys>;
  readonly catalogue: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
  /** arXiv categories that are read. */
  readonly categories: readonly string[];
  readonly publisher: Publisher;
  /** Where the pages are, without a slash at the end. */
  readonly pagesUrl: string;
  /** 0–23, UTC. */
  readonly publishHour: number;
  /** 32 new random bytes, base64url. */
  readonly randomToken: () => string;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
  readonly randomToken: () => string;
}

/** This function's own clients, clock and chance. */
export const aws = (): Outside => ({
  ...realSurroundings,
  dynamo: documentClient(),
  sqs: new SQSClient(),
  secrets: new SecretsManagerClient(),
  randomToken: () => randomBytes(32).toString('base64url'),
});

const warn = (message: string, what: object) => logger.warn(message, { ...what });

/** Builds what the pages need; it remembers what was read. */
export function servePagesDependencies(env: Env<typeof servePagesEnv>, outside: Outside): ServePagesDeps {
  const { dynamo, sqs, secrets, now, elapsed, random, sleep: pause } = outside;
  const waiting = { random, pause };
  const editions = editionReader(dynamo, env.EDITIONS_TABLE, waiting);
  const remembered = { ...editions, ...rememberedEditions(editions) };
  const months = monthReader(dynamo, env.EDITIONS_TABLE, waiting);
  const ingest = jobQueue<IngestPapers>(sqs, env.INGEST_QUEUE_URL, arxivGroup);
  const papers = paperNotes(dynamo, env.PAPERS_TABLE, waiting);
  const archives = rememberedArchives({ editions, months }, now);
  const subscribers = subscriptionRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting);
  return {
    hindsights: hindsightRepository(dynamo, env.EDITIONS_TABLE),
    editions: remembered,
    calendar: rememberedCalendar(editions, papers, now),
    papers,
    runs: runProgressReader(dynamo, env.RUNS_TABLE),
    traffic: sendingReader(dynamo, env.RUNS_TABLE),
    archives,
    describedPaper: (id) => readDescribed(dynamo, env.PAPERS_TABLE, id, waiting),
    scoreboards: rememberedScoreboards({ editions: remembered, months }),
    months,
    loadDay: rememberedDays(editions, warn),
    titlesOf: rememberedTitles(editions),
    loadSent: rememberedSent({ editions, papers }),
    seenHashes: seenHashesFrom(editions, warn),
    subscribers,
    signups: confirmedSignups(dynamo, env.SUBSCRIBERS_TABLE),
    requests: formRequests(dynamo, env.SUBSCRIBERS_TABLE),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    ...learningFrom({
      ...{ subscribers, archives, papers, now },
      editions: remembered,
      learnedTopics: learnedTopicRepository(dynamo, env.SUBSCRIBERS_TABLE, waiting),
      lookUp: (asked) => ingest([asked]),
      randomToken: outside.randomToken,
    }),
    enqueue: jobQueue(sqs, env.NOTICE_QUEUE_URL),
    keys: keysFrom(secrets, env.KEYS_SECRET, elapsed),
    catalogue,
    groups: topicGroups,
    categories: env.ARXIV_CATEGORIES,
    publisher: { sender: env.SENDER, postalAddress: env.POSTAL_ADDRESS, contact: env.CONTACT },
    pagesUrl: env.PAGES_URL,
    publishHour: env.PUBLISH_HOUR,
    randomToken: outside.randomToken,
    warn,
    now,
  };
}

/** Builds what tells when the pages must forget. */
export function freshPagesDependencies(
  { EDITIONS_TABLE }: Pick<Env<typeof servePagesEnv>, 'EDITIONS_TABLE'>,
  { dynamo, random, sleep: pause, now }: Outside,
): FreshPagesDeps {
  const waiting = { random, pause };
  const editions = editionReader(dynamo, EDITIONS_TABLE, waiting);
  return { editions, months: monthReader(dynamo, EDITIONS_TABLE, waiting), warn, now };
}
