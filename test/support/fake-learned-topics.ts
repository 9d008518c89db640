import { isDeepStrictEqual } from 'node:util';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import {
  type LearnedTopicRepository,
  placeOf,
  type StoredTopic,
} from '../../shared/storage/examples/learned-topics.js';

/** Learned topics in memory, with the same rules as the ones in DynamoDB. */
export function fakeLearnedTopics(): LearnedTopicRepository {
  const rows = new Map<string, StoredTopic>();
  const unfinished = new Map<SubscriberId, { mark: string; due: number }>();
  const keyOf = (id: SubscriberId, n: number) => `${id} ${placeOf(n)}`;
  const of = (id: SubscriberId) => [...rows].filter(([key]) => key.startsWith(`${id} `)).map(([, topic]) => topic);
  const isAsLoaded = (id: SubscriberId, n: number, loaded: StoredTopic | undefined) => {
    const there = rows.get(keyOf(id, n));
    return isDeepStrictEqual([there?.n, there?.version], [loaded?.n, loaded?.version]);
  };

  return {
    async load(id, now = Number.NEGATIVE_INFINITY) {
      const kept = of(id).filter(({ until = Number.POSITIVE_INFINITY }) => until > now);
      return kept.sort((one, other) => one.n - other.n);
    },
    async keep(id, topic, over) {
      if (!isAsLoaded(id, topic.n, over)) return false;
      rows.set(keyOf(id, topic.n), { ...topic, version: (over?.version ?? 0) + 1 });
      return true;
    },
    async drop(id, topic) {
      return isAsLoaded(id, topic.n, topic) && rows.delete(keyOf(id, topic.n));
    },
    async stay(id) {
      for (const { until, ...topic } of of(id)) {
        if (until !== undefined) rows.set(keyOf(id, topic.n), { ...topic, version: topic.version + 1 });
      }
    },
    async bring(from, to) {
      for (const { until: _, ...topic } of of(from)) {
        const key = keyOf(to, topic.n);
        if (rows.get(key)?.movedFrom !== from) rows.set(key, { ...topic, movedFrom: from });
      }
    },
    async open(id, mark, due) {
      unfinished.set(id, { mark, due });
    },
    async close(id, mark) {
      if (unfinished.get(id)?.mark === mark) unfinished.delete(id);
    },
    async due(now) {
      const all = [...unfinished].filter(([, { due }]) => due <= now).sort(([, one], [, other]) => one.due - other.due);
      return all.map(([subscriber, { mark }]) => ({ subscriber, mark }));
    },
  };
}
