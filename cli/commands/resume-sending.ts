import { existsSync } from 'node:fs';
import { type MailSort, mailSorts } from '../../shared/domain/subscriber/breaker.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type TrafficRepository, trafficRepository } from '../../shared/storage/traffic-repository.js';
import { realClock } from '../local/clock.js';
import { CliError, readOptions } from './command-line.js';
import { withPaperboy } from './paperboy-house.js';

const options = {
  data: { type: 'string' },
  table: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Lets halted sending go on, in a local data folder or a deployed table: `resume sending`. */
export async function resume([what, ...args]: readonly string[]): Promise<void> {
  if (what !== 'sending') throw new CliError('write: resume sending (--data DIR | --table NAME)');
  const { data, table, json } = readOptions(args, options);
  const now = Date.now();
  const resumed = await withTraffic({ data, table }, (traffic) => resumeSending(traffic, now));
  const words = resumed.length === 0 ? 'nothing was halted' : `goes on: ${resumed.join(', ')}`;
  process.stdout.write(json ? `${JSON.stringify({ resumed })}\n` : `${words}\n`);
}

async function withTraffic<Answer>(
  { data, table }: { readonly data: string | undefined; readonly table: string | undefined },
  work: (traffic: TrafficRepository) => Promise<Answer>,
): Promise<Answer> {
  if (table !== undefined) return work(trafficRepository(documentClient(), table));
  if (data === undefined || !existsSync(data)) {
    throw new CliError('give --data, the folder of a local run, or --table, the RunsTable output of a deployed stack');
  }
  return withPaperboy({ clock: realClock(), dataDir: data, isAtRest: true }, ({ traffic }) => work(traffic));
}

/** Lets every sort of mails that is halted go on; answers which. */
export async function resumeSending(traffic: Pick<TrafficRepository, 'resume'>, now: number): Promise<MailSort[]> {
  const resumed: MailSort[] = [];
  for (const sort of mailSorts) if ((await traffic.resume(sort, now)) === 'resumed') resumed.push(sort);
  return resumed;
}
