import { dateOf, dayMs, hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { SourceHealth } from '../../../shared/domain/paper/source-health.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import { breakerLimits, type MailTally } from '../../../shared/domain/subscriber/reputation/breaker.js';
import type { AlarmFacts, EditionFact, MailAccountFact, QueueFact, RunFact, SendingFact, SwitchFact } from './facts.js';

/** One fact, or a part of it, for people; what is wrong needs the admin's attention. */
export interface Words {
  readonly text: string;
  readonly isWrong?: boolean;
}

/** An hourly ingest that is so late has been missed once. */
const ingestIsLateMs = 2 * hourMs;
/** As the alarm has it: two hours after today's edition was due. */
const editionIsLateMs = 26 * hourMs;

/** When the sources were last asked; wrong once an hour was missed. */
export function ingestInWords(sources: readonly SourceHealth[], now: Instant): readonly Words[] {
  if (sources.length === 0) return [{ text: 'never yet', isWrong: true }];
  const last = Math.max(...sources.map(({ at }) => at));
  return [{ text: `${momentOf(last)}, ${ageOf(now - last)} ago`, isWrong: now - last > ingestIsLateMs }];
}

/** Each source with its health; wrong when it is down or stale. */
export function sourcesInWords(sources: readonly SourceHealth[]): readonly Words[] {
  return sources.map(({ source, status, newestDay, note }) => {
    const newest = newestDay === undefined ? '' : `, newest papers of ${newestDay}`;
    const text = `${source}: ${status}${newest}${note === undefined ? '' : `; ${note}`}`;
    return { text, isWrong: status === 'down' || status === 'stale' };
  });
}

/** The newest edition; wrong when the next one is late. */
export function editionInWords(edition: EditionFact | undefined, now: Instant): readonly Words[] {
  if (edition === undefined) return [{ text: 'none in the last 31 days', isWrong: true }];
  const { date, papers, publishedAt } = edition;
  const age = now - publishedAt;
  const text = `${date}, ${counted(papers, 'paper')}, published ${momentOf(publishedAt)}, ${ageOf(age)} ago`;
  return [{ text, isWrong: age > editionIsLateMs }];
}

/** How the digests of the newest edition ended, and in how many batches; wrong when a fault of ours holds some up. */
export function runInWords(run: RunFact | undefined): readonly Words[] {
  if (run === undefined) return [{ text: 'nobody was due yet' }];
  const ended = outcomes.filter((outcome) => run[outcome] > 0).map((outcome) => `${number(run[outcome])} ${outcome}`);
  const open = run.open > 0 ? [`${number(run.open)} open`] : [];
  const sum = [...ended, ...open].join(' + ') || '0';
  return [
    { text: `${counted(run.candidates, 'candidate')} = ${sum}`, isWrong: run.broken > 0 },
    { text: `${counted(run.batches, 'batch', 'batches')}, ${number(run.openBatches)} open` },
    ...(run.broken > 0
      ? [{ text: `${number(run.broken)} held up by a fault in Paperboy: see the log of send-digest`, isWrong: true }]
      : []),
  ];
}

/** What waits for the functions. */
export function queuesInWords(queues: readonly QueueFact[]): readonly Words[] {
  return queues.filter(isWork).map(({ name, visible, inFlight, oldestMs }) => {
    const isAged = visible + inFlight > 0 && oldestMs !== undefined && oldestMs > 0;
    const oldest = isAged ? `, the oldest ${ageOf(oldestMs)} old` : '';
    return { text: `${name}: ${number(visible)} waiting, ${number(inFlight)} in flight${oldest}` };
  });
}

const isWork = ({ kind }: QueueFact) => kind === 'work';

/** What was given up or never arrived; each is wrong. */
export function deadLettersInWords(queues: readonly QueueFact[]): readonly Words[] {
  const filled = queues.filter((queue) => !isWork(queue) && queue.visible + queue.inFlight > 0);
  if (filled.length === 0) return [{ text: 'none' }];
  return filled.map(({ name, kind, visible, inFlight, oldestMs }) => ({
    text: `${name}: ${number(visible + inFlight)}${kind === 'undelivered' ? ' never delivered' : ''}${oldestMs === undefined ? '' : `, the oldest ${ageOf(oldestMs)} old`}`,
    isWrong: true,
  }));
}

/** Schedules and feeds; wrong when one is off. */
export function switchesInWords(switches: readonly SwitchFact[]): readonly Words[] {
  if (switches.length === 0) return [];
  const off = switches.filter(({ isOn }) => !isOn).map(({ name }) => name);
  return [off.length === 0 ? { text: 'all on' } : { text: `off: ${off.join(', ')}`, isWrong: true }];
}

/** The alarms in alarm, or how many are watched. */
export function alarmsInWords(alarms: AlarmFacts | undefined): readonly Words[] {
  if (alarms === undefined) return [{ text: 'judged only while the house runs' }];
  const { watched, unheard, raised } = alarms;
  const heard = unheard === 0 ? '' : `; ${number(unheard)} would tell nobody`;
  if (raised.length === 0) return [{ text: `none of ${number(watched)}${heard}` }];
  return raised.map(({ name, description, since }) => ({
    text: `${description || name} (since ${momentOf(since)})`,
    isWrong: true,
  }));
}

/** Whether each sort of mails goes out; wrong when it is halted or paused. */
export function sendingInWords(all: readonly SendingFact[]): readonly Words[] {
  return all.map(({ sort, haltedAt, haltedBy }) => {
    if (haltedAt === undefined) return { text: `${sort}: on` };
    const what = haltedBy === 'admin' ? 'paused by the admin' : 'halted';
    return { text: `${sort}: ${what} since ${momentOf(haltedAt)}; \`resume sending\` ends it`, isWrong: true };
  });
}

/** Nothing, unless a restored table waits to be brought up to date. */
export function replayInWords(isAwaited: boolean): readonly Words[] {
  const text = 'the subscribers came back from a backup: nothing is sent before `restore replay` has ended';
  return isAwaited ? [{ text, isWrong: true }] : [];
}

/** What SES lets the account send; wrong when it sends to nobody, or to verified addresses only. */
export function accountInWords(account: MailAccountFact | undefined): readonly Words[] {
  if (account === undefined) return [];
  const { isSending, isSandboxed, perDay, perSecond, sentLast24Hours } = account;
  const use = `${number(sentLast24Hours)} of ${number(perDay)} mails in 24 hours, ${number(perSecond)} a second`;
  if (!isSending) return [{ text: `paused by SES; ${use}`, isWrong: true }];
  return isSandboxed ? [{ text: `in the sandbox, verified addresses only; ${use}`, isWrong: true }] : [{ text: use }];
}

/** Bounces and complaints against what halts sending; wrong from half of that on. */
export function reputationInWords(all: readonly SendingFact[]): readonly Words[] {
  return all.flatMap(({ sort, tally }) => {
    const limits = breakerLimits[sort];
    const judged = tally.accepted < limits.fewestMails ? `, judged from ${number(limits.fewestMails)} mails on` : '';
    const one = (name: 'bounced' | 'complained') => {
      const { share, fewest } = limits[name];
      const rate = tally.accepted === 0 ? '' : ` (${percent(tally[name] / tally.accepted)})`;
      const text = `${sort}: ${number(tally[name])}${rate} of ${number(tally.accepted)} ${name}; halts at ${percent(share)}, from ${fewest} on`;
      return { text: `${text}${judged}`, isWrong: isNear(tally, name, limits[name]) };
    };
    return [one('bounced'), one('complained')];
  });
}

/** Half of what would halt sending is worth a look. */
function isNear(tally: MailTally, name: 'bounced' | 'complained', limit: { share: number; fewest: number }): boolean {
  return tally[name] >= limit.fewest && tally[name] >= (limit.share / 2) * tally.accepted;
}

/** How many subscribers stand where. */
export function subscribersInWords(counts: Readonly<Record<string, number>>): readonly Words[] {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  const total = some.reduce((sum, [, count]) => sum + count, 0);
  const parts = some.map(([status, count]) => `${number(count)} ${status}`).join(', ');
  return [{ text: total === 0 ? 'none' : `${number(total)}: ${parts}` }];
}

const number = (value: number) => value.toLocaleString('en-US');
const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
const counted = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** An instant as `YYYY-MM-DD HH:MM`, in UTC. */
export function momentOf(at: Instant): string {
  return `${dateOf(at)} ${new Date(at).toISOString().slice(11, 16)}`;
}

/** A length of time in its largest whole unit. */
function ageOf(ms: number): string {
  if (ms >= 2 * dayMs) return counted(Math.floor(ms / dayMs), 'day');
  if (ms >= 2 * hourMs) return counted(Math.floor(ms / hourMs), 'hour');
  if (ms >= minuteMs) return counted(Math.floor(ms / minuteMs), 'minute');
  return counted(Math.max(0, Math.floor(ms / 1000)), 'second');
}
