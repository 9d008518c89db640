import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Env } from '../../shared/contract/env.js';
import { type TrafficTally, trafficTally } from '../../shared/delivery/traffic-tally.js';
import { realSurroundings, type Surroundings } from '../../shared/runtime/surroundings.js';
import { consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { trafficRepository } from '../../shared/storage/traffic-repository.js';
import type { recordMailEventsEnv } from './env.js';
import type { RecordMailEventsDeps } from './record-mail-events.js';

interface Outside extends Surroundings {
  readonly dynamo: DynamoDBDocumentClient;
}

const aws = (): Outside => ({ ...realSurroundings, dynamo: documentClient() });

/** Builds what the use case needs, once at cold start. */
export function recordMailEventsDependencies(
  env: Env<typeof recordMailEventsEnv>,
  outside = aws(),
): RecordMailEventsDeps & { readonly tally: TrafficTally } {
  const { dynamo, now, random, sleep: pause } = outside;
  const subscribers = subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE, { random, pause });
  return {
    subscribers: { ...subscribers, states: readTogether(subscribers.states, () => pause(0)) },
    tally: trafficTally(trafficRepository(dynamo, env.RUNS_TABLE), now, random),
    consents: consentRepository(dynamo, env.CONSENTS_TABLE),
    now,
  };
}

/**
 * Reads by one request what is asked for at about the same time, such as by all messages of an invocation. `turn` waits until
 * they have asked.
 */
export function readTogether<Id, Found>(
  read: (ids: readonly Id[]) => Promise<Found>,
  turn: () => Promise<unknown>,
): (ids: readonly Id[]) => Promise<Found> {
  let next: { readonly ids: Set<Id>; readonly found: Promise<Found> } | undefined;
  const begin = () => {
    const ids = new Set<Id>();
    const found = turn().then(() => {
      next = undefined;
      return read([...ids]);
    });
    return { ids, found };
  };
  return (wanted) => {
    next ??= begin();
    for (const id of wanted) next.ids.add(id);
    return next.found;
  };
}
