import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../command/cli-error.js';
import type { Place } from '../command/command.js';
import { realClock, virtualClock } from '../local/clock.js';
import { savedTime } from '../local/data-folder.js';
import { clientsWith, patience, type Reached } from './clients.js';
import { withPaperboy } from './paperboy-house.js';

/** Works on a house of this machine while its schedules and queues stand still, at the time at which it was left. */
export async function reachLocal<Result>(
  { dataDir }: Extract<Place, { kind: 'local' }>,
  work: (reached: Reached) => Promise<Result>,
): Promise<Result> {
  refuseOthers(dataDir);
  const left = savedTime(dataDir);
  const clock = left === undefined ? realClock() : virtualClock(left);
  return withPaperboy({ clock, dataDir, isAtRest: true }, ({ house, client }) => {
    const clients = clientsWith({ ...client, requestHandler: patience });
    const outputs = (name: string) => house.output(name);
    return work({ kind: 'local', name: dataDir, now: clock.now, clients, outputs, house });
  });
}

/** What every house has kept in its folder since it was first opened. */
const kept = ['ports.json', 'secrets', 'tables'];

/** Opening a house makes what is missing, which must not happen to a folder that was mistaken for one. */
function refuseOthers(dataDir: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(dataDir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is no folder' : `cannot be read (${code})`;
    throw new CliError(`--data: ${dataDir} ${why}; name the folder that npm start -- --data DIR keeps`);
  }
  const missing = kept.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const what = `--data: ${dataDir} holds no Paperboy (${join(dataDir, missing)} is missing)`;
    throw new CliError(`${what}; name the folder that npm start -- --data DIR keeps`);
  }
}
