import { digestLifetimeMs, dueAt, type Slot } from '../../../shared/domain/subscriber/slot.js';
import { publishHour } from '../house/editions.js';
import type { Finding, Judged, Story } from './story.js';

const isActive = (story: Story, at: number) => story.stateAt(at)?.status === 'active';

/** No edition and no paper comes to two addresses of one person. */
function* repeated(who: string, stories: readonly Story[]): Generator<Finding> {
  for (const one of stories) {
    const elsewhere = stories.filter((story) => story !== one).flatMap(({ mails }) => mails);
    for (const mail of one.mails.filter(({ kind }) => kind === 'digest')) {
      const before = elsewhere.filter(({ kind, at }) => kind === 'digest' && at < mail.at);
      if (before.some(({ edition }) => edition === mail.edition))
        yield { counts: 'repeated', what: `edition ${mail.edition} came to two addresses of ${who}` };
      const again = mail.papers.filter((paper) => before.some(({ papers }) => papers.includes(paper)));
      if (again.length > 0) yield { counts: 'repeated', what: `${again.join(' ')} came to two addresses of ${who}` };
    }
  }
}

/** One of the addresses stays, with everything, and of those it replaced nothing; or none, for whoever left. */
function* lost(who: string, stories: readonly Story[], { editions, end }: Judged): Generator<Finding> {
  const statuses = stories.map(({ last }) => last?.status ?? 'none').join(', ');
  const hasLeft = stories.some(({ history }) => history.some(({ after }) => after?.status === 'unsubscribed'));
  const staying = stories.filter(({ last }) => last?.status === 'active');
  const [stays] = staying;
  if (hasLeft) {
    if (stays) yield { counts: 'afterLeaving', what: `${who} left and ends ${statuses}` };
    return;
  }
  if (staying.length !== 1 || !stays || statuses.includes('moving')) {
    yield { counts: 'lost', what: `${who} ends ${statuses}` };
    return;
  }
  for (const { date } of editions) {
    const due = dueAt(stays.last?.slot as Slot, date, publishHour);
    if (due === undefined || due + digestLifetimeMs > end) continue;
    if (stays.outcomeOf(date) === undefined && stays.openClaim()?.edition !== date)
      yield { counts: 'lost', what: `edition ${date} of ${who} came to no outcome at any address` };
  }
}

/** Whether changes of address lost or repeated anything, or had two addresses active at once. */
export function* judgeMoves(stories: readonly Story[], judged: Judged): Generator<Finding> {
  for (const old of stories) {
    const nexts = stories.filter(({ reader }) => reader.movesFrom === old.reader.number);
    if (nexts.length === 0) continue;
    const who = `reader ${old.reader.number}`;
    const all = [old, ...nexts];
    for (const { at } of all.flatMap(({ history }) => history)) {
      if (all.filter((story) => isActive(story, at)).length > 1)
        yield { counts: 'repeated', what: `${who} was active at two addresses at once` };
    }
    yield* repeated(who, all);
    yield* lost(who, all, judged);
    for (const { mails } of all) {
      const notes = mails.filter(({ kind }) => kind === 'address-changed').length;
      if (notes > 1) yield { counts: 'repeated', what: `${who} was told of a new address ${notes} times` };
    }
  }
}
