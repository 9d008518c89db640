import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { editionPublished, papersIngested, remakeAsked } from '../../shared/contract/events.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import { eventPublisher } from '../../shared/runtime/event-bus.js';
import { eventHandler, on } from '../../shared/runtime/event-handler.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { highlightRepository } from '../../shared/storage/highlights-repository.js';
import { monthRepository } from '../../shared/storage/months-repository.js';
import { paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { scoreTrendsEnv } from './env.js';
import { remakeEdition } from './remake-edition.js';
import { scoreTrends } from './score-trends.js';

const env = readEnv(scoreTrendsEnv);
const dynamo = documentClient();
const deps = {
  papers: paperRepository(dynamo, env.PAPERS_TABLE),
  editions: editionRepository(dynamo, env.EDITIONS_TABLE),
  months: monthRepository(dynamo, env.EDITIONS_TABLE),
  highlights: highlightRepository(dynamo, env.EDITIONS_TABLE),
  announce: eventPublisher(new EventBridgeClient(), env.EVENT_BUS, editionPublished),
  ...{ catalogue, publishHour: env.PUBLISH_HOUR, now: Date.now },
};

export const handler = eventHandler(
  on(papersIngested, (ingest) => scoreTrends(ingest, deps)),
  on(remakeAsked, (asked) => remakeEdition(asked, deps)),
);
