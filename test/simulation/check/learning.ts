import { hourMs } from '../../../shared/domain/calendar-date.js';
import { waitingIds } from '../../../shared/domain/likeness/kept-topic.js';
import { learnedAmong } from '../../../shared/domain/subscriber/topic.js';
import { learnedTopicRepository } from '../../../shared/storage/examples/learned-topics.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { World } from '../engine/world.js';
import { env } from '../house/functions.js';
import type { KnownPress, Learners } from '../house/learners.js';
import { learn, lookedUpId } from '../house/learning-functions.js';
import type { Reader } from '../house/readers.js';
import type { Finding } from './story.js';

/** By then, hourly looks have followed up whatever died. */
const settledAfterMs = 4 * hourMs;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const isDone = ({ answer }: KnownPress) => answer === 'added' || answer === 'changed';

/** What became of a reader's learned topics in the end. */
async function keptOf({ id }: Reader, { dynamo }: World) {
  const topics = await learnedTopicRepository(dynamo.client(), env.SUBSCRIBERS_TABLE).load(id);
  const [subscriber] = await subscriberRepository(dynamo.client(), env.SUBSCRIBERS_TABLE).load([id]);
  const gives = await Promise.all(
    topics.map(async ({ n, topic }) => `${n} ${topic.name} ${base64(await learn(topic))}`),
  );
  const has = learnedAmong(subscriber?.profile.topics ?? []).map(({ n, name, like }) => `${n} ${name} ${base64(like)}`);
  return { topics, gives, has, status: subscriber?.state.status };
}

/** Whether what readers pressed is in their topics, once, and what they get is what their examples give. */
export async function judgeLearning({ presses }: Learners, world: World, end: number): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const lost = (what: string) => void findings.push({ counts: 'lost', what });
  for (const reader of new Set(presses.map((press) => press.reader))) {
    if (world.damaged.includes(reader.id)) continue;
    const who = `reader ${reader.number}`;
    const own = presses.filter((press) => press.reader === reader);
    const { topics, gives, has, status } = await keptOf(reader, world);
    const history = world.ledger.historyOf(reader.id);
    if (!status) {
      if (topics.length > 0) findings.push({ counts: 'afterLeaving', what: `examples of ${who} stay after they left` });
      continue;
    }
    const examples = topics.flatMap(({ topic }) => topic.examples);
    const ids = examples.map(({ id }) => id);
    if (new Set(ids).size < ids.length || topics.length > 1)
      findings.push({ counts: 'repeated', what: `${who} has an example or a topic twice` });
    const isStill = end - Math.max(...own.map(({ at }) => at)) > settledAfterMs;
    const row = world.dynamo.table(env.SUBSCRIBERS_TABLE).stored({ pk: 'learning', sk: reader.id });
    // Who is looked at in every hour is followed up by the next one, if the last one died.
    const isFollowedUp = Number(row?.item?.due) > end - hourMs;
    if (
      isStill &&
      !isFollowedUp &&
      ['active', 'paused', 'unsubscribed'].includes(status) &&
      gives.join() !== has.join()
    )
      lost(`the profile of ${who} is not what the examples give`);
    // A new life, and whoever chose anew on the form and confirmed it, begins without the old one's examples.
    const hasConfirmed = world.ledger.acknowledgements.some(
      ({ reader: number, action }) => number === reader.number && action === 'confirm',
    );
    if (hasConfirmed || history.some(({ after }) => after === undefined)) continue;
    const notFound = topics.flatMap((topic) => topic.notFound);
    const waiting = new Set<string>(topics.flatMap(waitingIds));
    const isUnfinished = row?.item !== undefined || status === 'suppressed';
    for (const { press } of own.filter(isDone)) {
      for (const id of (press.do === 'add' ? press.numbers : [press.number]).map(lookedUpId)) {
        const example = examples.find((one) => one.id === id);
        if (!example && !notFound.includes(id)) lost(`${id} of ${who} is gone`);
        if (example && example.liked === (press.do === 'less')) lost(`${id} of ${who} is liked the other way round`);
        if (waiting.has(id) && !isUnfinished) lost(`${id} of ${who} waits, and nobody will look`);
      }
    }
  }
  return findings;
}
