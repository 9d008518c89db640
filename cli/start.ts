import { type CalendarDate, dateOf, hourMs, startOf } from '../shared/domain/calendar-date.js';
import { CliError } from './cli-error.js';
import { readDate, readOptions } from './command-line.js';
import { demonstrationSubscriber } from './demonstration.js';
import { listenToKeys } from './keyboard.js';
import { realClock, virtualClock } from './local/clock.js';
import { serveRecorded, serveSample } from './local/recorded-sources.js';
import { openPaperboy, type PaperboyHouse } from './paperboy-house.js';
import { configured, playedSources } from './played-settings.js';
import { savedTime, saveTime } from './saved-time.js';

const options = { recorded: { type: 'string' }, date: { type: 'string' }, data: { type: 'string' } } as const;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The whole service on this machine: a first edition at once, a mail to look at, and then the schedules of the template. */
export async function start(args: readonly string[]): Promise<void> {
  const { recorded, date, data } = readOptions(args, options);
  if (recorded !== undefined) return startRecorded(recorded, readDate(date), data);
  if (date !== undefined) throw new CliError('--date: goes with --recorded DIR; without it the live sources are read');
  return startLive(data);
}

/** Today's papers are published at once, whatever the publish hour: nobody who tries Paperboy wants to wait for it. */
const atOnce = { PUBLISH_HOUR: '0' };

async function startLive(dataDir: string | undefined): Promise<void> {
  say('Reading the template, then the sources …');
  let paperboy = await openPaperboy({ clock: realClock(), environment: atOnce, ...folder(dataDir) });
  let close = () => paperboy.close();
  try {
    await readSources(paperboy, Date.now());
    if (await everySourceIsDown(paperboy)) {
      await paperboy.close();
      say('No source answered. Going on with a bundled sample: its papers are made up.');
      const sample = await serveSample(dateOf(Date.now()));
      close = () => paperboy.close().finally(sample.close);
      const environment = { ...atOnce, ...playedSources(sample.url) };
      paperboy = await openPaperboy({ clock: realClock(), environment, ...folder(dataDir) });
      await readSources(paperboy, Date.now());
    }
    await tick(paperboy);
    showAround(paperboy);
    const schedules = runOnTime(paperboy);
    await listenToKeys({ t: () => void tick(paperboy) });
    clearInterval(schedules);
  } finally {
    await close();
  }
}

async function startRecorded(dir: string, date: CalendarDate, dataDir: string | undefined): Promise<void> {
  const recorded = await serveRecorded({ dir, date });
  const begin = startOf(date) + configured().publishHour * hourMs;
  const clock = virtualClock(Math.max(begin, (dataDir && savedTime(dataDir)) || begin));
  const environment = playedSources(recorded.url);
  const paperboy = await openPaperboy({ clock, environment, ...folder(dataDir) });
  try {
    await readSources(paperboy, clock.now());
    await tick(paperboy);
    showAround(paperboy);
    await listenToKeys({
      t: () => {
        clock.set(paperboy.house.nextScheduled(clock.now()));
        if (dataDir) saveTime(dataDir, clock.now());
        say(`It is ${new Date(clock.now()).toISOString()}.`);
        void settle(paperboy, clock.now());
      },
    });
  } finally {
    await paperboy.close().finally(recorded.close);
  }
}

function folder(dataDir: string | undefined) {
  return dataDir === undefined ? {} : { dataDir };
}

/** Reads the sources and publishes the edition; says which source did not answer. */
async function readSources(paperboy: PaperboyHouse, now: number): Promise<void> {
  await paperboy.subscribe(demonstrationSubscriber(now), now);
  await paperboy.house.fire('IngestPapers');
  await paperboy.house.settle();
  for (const { source, status, note } of await paperboy.papers.health()) {
    if (status === 'down') say(note ?? `${source} did not answer.`);
  }
}

async function everySourceIsDown({ papers }: PaperboyHouse): Promise<boolean> {
  return (await papers.health()).every(({ status }) => status === 'down');
}

async function settle(paperboy: PaperboyHouse, at: number): Promise<void> {
  await paperboy.house.runSchedules(at);
  await paperboy.house.settle();
  reportMails(paperboy);
}

async function tick(paperboy: PaperboyHouse): Promise<void> {
  await paperboy.house.fire('PlanDigests');
  await paperboy.house.settle();
  reportMails(paperboy);
}

function reportMails({ house }: PaperboyHouse): void {
  const count = house.mails().length;
  say(`${count} ${count === 1 ? 'mail' : 'mails'} in the inbox.`);
  for (const failure of house.failures()) say(`failed: ${failure}`);
}

function showAround({ house }: PaperboyHouse): void {
  say(`Inbox            ${house.inboxUrl}`);
  say(`Today's edition  ${house.pagesUrl}/`);
  say('Press t to run the tick now, q to end.');
}

/** Fires the template's schedules when their time comes. */
function runOnTime({ house }: PaperboyHouse): NodeJS.Timeout {
  let next = house.nextScheduled(Date.now());
  return setInterval(() => {
    if (Date.now() < next) return;
    const due = next;
    next = house.nextScheduled(Date.now());
    void house.runSchedules(due);
  }, 1000);
}
