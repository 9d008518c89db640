import { tickHandler } from '../../shared/runtime/event-handler.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { planDigestsDependencies } from './dependencies.js';
import { planDigestsEnv } from './env.js';
import { planDigests } from './plan-digests.js';

const deps = planDigestsDependencies(readEnv(planDigestsEnv));

export const handler = tickHandler('planned', () => planDigests(deps));
