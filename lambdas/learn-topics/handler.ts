import * as z from 'zod/mini';
import { papersFound } from '../../shared/contract/events.js';
import { eventHandler, on } from '../../shared/runtime/event-handler.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { learnTopicsDependencies } from './dependencies.js';
import { learnTopicsEnv } from './env.js';
import { learnTopics, lookAround } from './learn-topics.js';

const deps = learnTopicsDependencies(readEnv(learnTopicsEnv));

/** What the clock sends. */
const scheduled = { type: 'Scheduled Event', detail: z.object({}) };

export const handler = eventHandler(
  on(papersFound, (found) => learnTopics(found, deps)),
  on(scheduled, () => lookAround(deps)),
);
