import { type MailSort, mailSorts } from '../../../shared/domain/subscriber/breaker.js';
import type { TrafficRepository } from '../../../shared/storage/traffic-repository.js';
import type { Command } from '../../command/command.js';
import { withOperator } from '../../house/operator.js';

/** Lets halted sending go on. */
export const resume: Command = {
  name: 'resume sending',
  summary: 'goes on with mail that was halted by bounces or complaints',
  place: 'house',
  async run({ place }, io) {
    const resumed = await withOperator(place, ({ traffic, now }) => resumeSending(traffic, now()));
    io.out(resumed.length === 0 ? 'nothing was halted' : `goes on: ${resumed.join(', ')}`);
    io.json({ resumed });
  },
};

/** Lets every sort of mails that is halted go on; answers which. */
export async function resumeSending(traffic: Pick<TrafficRepository, 'resume'>, now: number): Promise<MailSort[]> {
  const resumed: MailSort[] = [];
  for (const sort of mailSorts) if ((await traffic.resume(sort, now)) === 'resumed') resumed.push(sort);
  return resumed;
}
