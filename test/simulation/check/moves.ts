import { digestLifetimeMs, dueAt, type Slot } from '../../../shared/domain/subscriber/slot.js';
import { publishHour } from '../house/editions.js';
import type { Finding, Judged, Story } from './story.js';

const isActive = (story: Story, at: number) => story.stateAt(at)?.status === 'active';

/** No edition and no paper comes to both addresses of one person. */
function* repeated(who: string, [old, next]: readonly [Story, Story]): Generator<Finding> {
  for (const [one, other] of [
    [old, next],
    [next, old],
  ] as const) {
    for (const mail of one.mails.filter(({ kind }) => kind === 'digest')) {
      const before = other.mails.filter(({ kind, at }) => kind === 'digest' && at < mail.at);
      if (before.some(({ edition }) => edition === mail.edition))
        yield { counts: 'repeated', what: `edition ${mail.edition} came to both addresses of ${who}` };
      const again = mail.papers.filter((paper) => before.some(({ papers }) => papers.includes(paper)));
      if (again.length > 0) yield { counts: 'repeated', what: `${again.join(' ')} came to both addresses of ${who}` };
    }
  }
}

/** One of the two addresses stays, with everything; the other is gone, or was never confirmed. */
function* lost(who: string, [old, next]: readonly [Story, Story], { editions, end }: Judged): Generator<Finding> {
  const statuses = [old, next].map(({ last }) => last?.status);
  const [stays] = [old, next].filter(({ last }) => last?.status === 'active');
  const isWhole =
    ['active', 'active pending', 'active '].includes(statuses.join(' ').trimEnd()) || statuses.join(' ') === ' active';
  if (!isWhole || !stays) {
    yield { counts: 'lost', what: `${who} ends ${statuses.map((status) => status ?? 'unknown').join(' and ')}` };
    return;
  }
  for (const { date } of editions) {
    const due = dueAt(stays.last?.slot as Slot, date, publishHour);
    if (due === undefined || due + digestLifetimeMs > end) continue;
    if (stays.outcomeOf(date) === undefined && stays.openClaim()?.edition !== date)
      yield { counts: 'lost', what: `edition ${date} of ${who} came to no outcome at either address` };
  }
}

/** Whether a change of address lost or repeated anything, or had both addresses active at once. */
export function* judgeMoves(stories: readonly Story[], judged: Judged): Generator<Finding> {
  for (const next of stories) {
    const { movesFrom } = next.reader;
    const old = stories.find(({ reader }) => reader.number === movesFrom);
    if (!old) continue;
    const who = `reader ${old.reader.number}`;
    const pair = [old, next] as const;
    for (const { at } of [...old.history, ...next.history]) {
      if (pair.every((story) => isActive(story, at)))
        yield { counts: 'repeated', what: `${who} was active at two addresses at once` };
    }
    yield* repeated(who, pair);
    yield* lost(who, pair, judged);
    const notes = old.mails.filter(({ kind }) => kind === 'address-changed').length;
    if (notes > 1) yield { counts: 'repeated', what: `${who} was told of the new address ${notes} times` };
  }
}
