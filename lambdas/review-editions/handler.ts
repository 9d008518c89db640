import { tickHandler } from '../../shared/runtime/event-handler.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { reviewEditionsEnv } from './env.js';
import { reviewEditions } from './review-editions.js';

const env = readEnv(reviewEditionsEnv);
const dynamo = documentClient();
const deps = {
  papers: paperRepository(dynamo, env.PAPERS_TABLE),
  editions: editionRepository(dynamo, env.EDITIONS_TABLE),
  hindsights: hindsightRepository(dynamo, env.EDITIONS_TABLE),
  now: Date.now,
};

export const handler = tickHandler('reviewed', () => reviewEditions(deps));
