import type { PaperboyHouse } from '../../house/paperboy-house.js';
import { showStatus } from '../../house/status/local-machinery.js';
import type { HouseClock } from '../../local/clock.js';
import { type LivedDay, liveFirstDay } from './next-day.js';
import { welcomeDemonstration } from './subscribers.js';

/** Prints a line as soon as there is something to say, also where the answer is asked for as JSON. */
export const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * A source that answers badly is asked again, which takes up to two minutes: how often to say that it is still read.
 */
const stillMs = 10_000;

/** Lives the first day; says which source did not answer and, as soon as there is something to see, where. */
export async function readSources(paperboy: PaperboyHouse, clock: HouseClock): Promise<LivedDay> {
  showStatus(paperboy, clock.now);
  say('Reading the sources …');
  await welcomeDemonstration(paperboy, clock.now());
  const begunAt = performance.now();
  const seconds = () => Math.round((performance.now() - begunAt) / 1000);
  const waiting = setInterval(() => say(`Still reading them, for ${seconds()} s …`), stillMs);
  const published = async () => {
    clearInterval(waiting);
    const health = await paperboy.papers.health();
    for (const { source, status, note } of health) if (status === 'down') say(note ?? `${source} did not answer.`);
    if (health.every(({ status }) => status === 'down')) return;
    // The pages are there before the mail is.
    say(`Inbox            ${paperboy.house.inboxUrl}`);
    say(`Today's edition  ${paperboy.house.pagesUrl}/`);
  };
  return liveFirstDay({ paperboy, clock }, published).finally(() => clearInterval(waiting));
}

/** Whether no source has answered yet. */
export async function everySourceIsDown({ papers }: PaperboyHouse): Promise<boolean> {
  return (await papers.health()).every(({ status }) => status === 'down');
}
