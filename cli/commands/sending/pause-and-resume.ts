import { type MailSort, mailSorts } from '../../../shared/domain/subscriber/reputation/breaker.js';
import type { SendingState, TrafficRepository } from '../../../shared/storage/traffic-repository.js';
import { UsageError } from '../../command/cli-error.js';
import type { Command, Given } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';

const options = {
  only: { type: 'string', value: 'digests|notices', help: 'only this kind of mail; both by default' },
} as const;

/** Stops digests, notices or both until the admin's next word. */
export const pause: Command = {
  name: 'pause sending',
  summary: 'stops digests and notices (all other mail) until `resume sending`',
  options,
  place: 'house',
  writes: true,
  more: `Notices are confirmations, welcomes, goodbyes and mails about a change of address. Senders stop within ten seconds, and nothing is
lost. A digest that waits expires 20 hours after it was due, and a sign-up that waits is dropped after a day. Pausing digests
holds welcomes back as well, since each brings a digest along. An alarm reminds you while mail is waiting.`,
  async run(given, io) {
    const sorts = sortsOf(given, 'pause sending');
    const report = await withOperator(given.place, ({ traffic, now }) =>
      given.isDryRun ? statesOf(sorts, traffic) : pauseSending(sorts, traffic, now()),
    );
    for (const { sort, isHalted, by } of report) {
      const held = by === 'admin' ? 'paused already' : 'halted already, after bounces or complaints';
      io.out(`${sort}: ${isHalted ? held : given.isDryRun ? 'would be paused' : 'paused'}`);
    }
    io.json({ paused: report.filter(({ isHalted }) => !isHalted).map(({ sort }) => sort) });
  },
};

/** Lets mail go on that was paused, or halted after bounces or complaints. */
export const resume: Command = {
  name: 'resume sending',
  summary: 'resumes mail that was paused, or that was halted after bounces or complaints',
  options,
  place: 'house',
  writes: true,
  more: `After a halt, bounces and complaints received so far no longer count, so find their cause first (docs/runbook.md,
sending-is-halted). After a pause of your own they still count. Waiting mail goes out within a quarter of an hour.`,
  async run(given, io) {
    const sorts = sortsOf(given, 'resume sending');
    const resumed = await withOperator(given.place, async ({ traffic, now }) => {
      if (!given.isDryRun) return resumeSending(traffic, now(), sorts);
      return (await statesOf(sorts, traffic)).filter(({ isHalted }) => isHalted).map(({ sort }) => sort);
    });
    const verb = given.isDryRun ? 'would go on' : 'goes on';
    io.out(resumed.length === 0 ? 'nothing was halted' : `${verb}: ${resumed.join(', ')}`);
    io.json({ resumed });
  },
};

function sortsOf(given: Given, command: string): readonly MailSort[] {
  const only = textOf(given, 'only');
  const sorts = mailSorts.filter((sort) => only === undefined || sort === only);
  if (sorts.length > 0) return sorts;
  throw new UsageError(`${command}: --only is digests or notices, not "${only}"; see npm run cli -- ${command} --help`);
}

interface Halt {
  readonly sort: MailSort;
  /** Whether it was halted before. */
  readonly isHalted: boolean;
  readonly by?: SendingState['haltedBy'];
}

async function stateOf(sort: MailSort, traffic: Pick<TrafficRepository, 'sending'>): Promise<Halt> {
  const { haltedAt, haltedBy } = await traffic.sending(sort);
  return { sort, isHalted: haltedAt !== undefined, ...(haltedBy && { by: haltedBy }) };
}

const statesOf = (sorts: readonly MailSort[], traffic: Pick<TrafficRepository, 'sending'>) =>
  Promise.all(sorts.map((sort) => stateOf(sort, traffic)));

/** Pauses every one of these sorts that is not halted yet; answers how each was before. */
async function pauseSending(
  sorts: readonly MailSort[],
  traffic: Pick<TrafficRepository, 'halt' | 'sending'>,
  now: number,
): Promise<readonly Halt[]> {
  return Promise.all(
    sorts.map(async (sort) =>
      (await traffic.halt(sort, now, 'admin')) === 'halted' ? { sort, isHalted: false } : stateOf(sort, traffic),
    ),
  );
}

/** Lets every one of these sorts that is halted go on; answers which. */
export async function resumeSending(
  traffic: Pick<TrafficRepository, 'resume'>,
  now: number,
  sorts: readonly MailSort[] = mailSorts,
): Promise<MailSort[]> {
  const resumed: MailSort[] = [];
  for (const sort of sorts) if ((await traffic.resume(sort, now)) === 'resumed') resumed.push(sort);
  return resumed;
}
