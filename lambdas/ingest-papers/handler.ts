import { tickHandler } from '../../shared/runtime/event-handler.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { ingestPapersDependencies } from './dependencies.js';
import { ingestPapersEnv } from './env.js';
import { ingestPapers } from './ingest-papers.js';

const deps = ingestPapersDependencies(readEnv(ingestPapersEnv));

export const handler = tickHandler('ingested', () => ingestPapers(deps));
