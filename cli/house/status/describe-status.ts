import { dateOf, dayMs, hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import { breakerLimits, type MailTally } from '../../../shared/domain/subscriber/breaker.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import type { Io } from '../../command/command.js';
import type { AlarmFacts, Known, MailAccountFact, QueueFact, RunFact, SendingFact, StatusFacts } from './facts.js';

/** How a house is going at an instant, in lines. */
export interface StatusView {
  readonly place: string;
  readonly now: Instant;
  readonly lines: readonly StatusLine[];
}

/** One line of the screen, or one row of the page. */
export interface StatusLine {
  readonly about: string;
  readonly text: string;
  /** `wrong` needs attention; `unknown` could not be read. */
  readonly state: 'ok' | 'wrong' | 'unknown';
}

interface Words {
  readonly text: string;
  readonly isWrong?: boolean;
}

/** An hourly ingest that is so late has been missed once. */
const ingestIsLateMs = 2 * hourMs;
/** As the alarm has it: two hours after today's edition was due. */
const editionIsLateMs = 26 * hourMs;

/** What the admin wants to know at a glance, in the order in which the day goes. */
export function describeStatus(facts: StatusFacts): StatusView {
  return { place: facts.place, now: facts.now, lines: linesFrom(facts) };
}

function linesFrom(facts: StatusFacts): readonly StatusLine[] {
  const { now, sources, edition, run, queues, alarms, switches, sending, mailAccount, subscribers } = facts;
  const isDead = ({ kind }: QueueFact) => kind !== 'work';
  return [
    ...linesOf('ingest', sources, (healths) => [
      ingestInWords(
        healths.map(({ at }) => at),
        now,
      ),
    ]),
    ...linesOf('sources', sources, (healths) =>
      healths.map(({ source, status, newestDay, note }) => ({
        text: `${source}: ${status}${newestDay === undefined ? '' : `, newest papers of ${newestDay}`}${note === undefined ? '' : `; ${note}`}`,
        isWrong: status === 'down' || status === 'stale',
      })),
    ),
    ...linesOf('edition', edition, (found) => [
      found === undefined
        ? { text: 'none in the last 31 days', isWrong: true }
        : {
            text: `${found.date}, ${counted(found.papers, 'paper')}, published ${momentOf(found.publishedAt)}, ${ageOf(now - found.publishedAt)} ago`,
            isWrong: now - found.publishedAt > editionIsLateMs,
          },
    ]),
    ...linesOf('run', run, (found) => (found === undefined ? [{ text: 'nobody was due yet' }] : runInWords(found))),
    ...linesOf('queues', queues, (all) => all.filter((queue) => !isDead(queue)).map(queueInWords)),
    ...linesOf('dead letters', queues, (all) => deadLettersInWords(all.filter(isDead))),
    ...linesOf('schedules', switches, (all) => {
      const off = all.filter(({ isOn }) => !isOn).map(({ name }) => name);
      if (all.length === 0) return [];
      return [off.length === 0 ? { text: 'all on' } : { text: `off: ${off.join(', ')}`, isWrong: true }];
    }),
    ...linesOf('alarms', alarms, alarmsInWords),
    ...linesOf('sending', sending, (all) => all.map(sendingInWords)),
    ...linesOf('SES', mailAccount, (account) => (account === undefined ? [] : [accountInWords(account)])),
    ...linesOf('in 24 hours', sending, (all) => all.flatMap(reputationInWords)),
    ...linesOf('subscribers', subscribers, (counts) => {
      const some = Object.entries(counts).filter(([, count]) => count > 0);
      const total = some.reduce((sum, [, count]) => sum + count, 0);
      const parts = some.map(([status, count]) => `${number(count)} ${status}`).join(', ');
      return [{ text: total === 0 ? 'none' : `${number(total)}: ${parts}` }];
    }),
  ];
}

/** The lines as one screen; what repeats is named once. */
export function statusScreen({ place, now, lines }: StatusView, paint: Io['paint']): string {
  const width = Math.max(...lines.map(({ about }) => about.length));
  const shown = lines.map(({ about, text, state }, at) => {
    const name = (lines[at - 1]?.about === about ? '' : about).padEnd(width);
    if (state === 'ok') return `  ${name}  ${text}`;
    return state === 'wrong' ? paint('red', `! ${name}  ${text}`) : paint('yellow', `? ${name}  ${text}`);
  });
  return [`${place}, ${momentOf(now)} UTC`, '', ...shown, ''].join('\n');
}

function linesOf<Fact>(about: string, fact: Known<Fact>, say: (value: Fact) => readonly Words[]): StatusLine[] {
  if ('unknown' in fact) return [{ about, text: `could not be read: ${fact.unknown}`, state: 'unknown' }];
  return say(fact.value).map(({ text, isWrong = false }) => ({ about, text, state: isWrong ? 'wrong' : 'ok' }));
}

function ingestInWords(asked: readonly Instant[], now: Instant): Words {
  if (asked.length === 0) return { text: 'never yet', isWrong: true };
  const last = Math.max(...asked);
  return { text: `${momentOf(last)}, ${ageOf(now - last)} ago`, isWrong: now - last > ingestIsLateMs };
}

function runInWords(run: RunFact): readonly Words[] {
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

function queueInWords({ name, visible, inFlight, oldestMs }: QueueFact): Words {
  const isAged = visible + inFlight > 0 && oldestMs !== undefined && oldestMs > 0;
  const oldest = isAged ? `, the oldest ${ageOf(oldestMs)} old` : '';
  return { text: `${name}: ${number(visible)} waiting, ${number(inFlight)} in flight${oldest}` };
}

function deadLettersInWords(queues: readonly QueueFact[]): readonly Words[] {
  const filled = queues.filter(({ visible, inFlight }) => visible + inFlight > 0);
  if (filled.length === 0) return [{ text: 'none' }];
  return filled.map(({ name, kind, visible, inFlight, oldestMs }) => ({
    text: `${name}: ${number(visible + inFlight)}${kind === 'undelivered' ? ' never delivered' : ''}${oldestMs === undefined ? '' : `, the oldest ${ageOf(oldestMs)} old`}`,
    isWrong: true,
  }));
}

function alarmsInWords(alarms: AlarmFacts | undefined): readonly Words[] {
  if (alarms === undefined) return [{ text: 'judged only while the house runs' }];
  const { watched, unheard, raised } = alarms;
  const heard = unheard === 0 ? '' : `; ${number(unheard)} would tell nobody`;
  if (raised.length === 0) return [{ text: `none of ${number(watched)}${heard}` }];
  return raised.map(({ name, description, since }) => ({
    text: `${description || name} (since ${momentOf(since)})`,
    isWrong: true,
  }));
}

function sendingInWords({ sort, haltedAt, haltedBy }: SendingFact): Words {
  if (haltedAt === undefined) return { text: `${sort}: on` };
  return {
    text: `${sort}: ${haltedBy === 'admin' ? 'paused by the admin' : 'halted'} since ${momentOf(haltedAt)}; \`resume sending\` ends it`,
    isWrong: true,
  };
}

function accountInWords({ isSending, isSandboxed, perDay, perSecond, sentLast24Hours }: MailAccountFact): Words {
  const use = `${number(sentLast24Hours)} of ${number(perDay)} mails in 24 hours, ${number(perSecond)} a second`;
  if (!isSending) return { text: `paused by SES; ${use}`, isWrong: true };
  return isSandboxed ? { text: `in the sandbox, verified addresses only; ${use}`, isWrong: true } : { text: use };
}

function reputationInWords({ sort, tally }: SendingFact): readonly Words[] {
  const limits = breakerLimits[sort];
  const judged = tally.accepted < limits.fewestMails ? `, judged from ${number(limits.fewestMails)} mails on` : '';
  const one = (name: 'bounced' | 'complained') => {
    const { share, fewest } = limits[name];
    const rate = tally.accepted === 0 ? '' : ` (${percent(tally[name] / tally.accepted)})`;
    const text = `${sort}: ${number(tally[name])}${rate} of ${number(tally.accepted)} ${name}; halts at ${percent(share)}, from ${fewest} on`;
    return { text: `${text}${judged}`, isWrong: isNear(tally, name, limits[name]) };
  };
  return [one('bounced'), one('complained')];
}

/** Half of what would halt sending is worth a look. */
function isNear(tally: MailTally, name: 'bounced' | 'complained', limit: { share: number; fewest: number }): boolean {
  return tally[name] >= limit.fewest && tally[name] >= (limit.share / 2) * tally.accepted;
}

const number = (value: number) => value.toLocaleString('en-US');
const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
const counted = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** An instant as `YYYY-MM-DD HH:MM`, in UTC. */
export function momentOf(at: Instant): string {
  return `${dateOf(at)} ${new Date(at).toISOString().slice(11, 16)}`;
}

/** A length of time in its largest whole unit. */
export function ageOf(ms: number): string {
  if (ms >= 2 * dayMs) return counted(Math.floor(ms / dayMs), 'day');
  if (ms >= 2 * hourMs) return counted(Math.floor(ms / hourMs), 'hour');
  if (ms >= minuteMs) return counted(Math.floor(ms / minuteMs), 'minute');
  return counted(Math.max(0, Math.floor(ms / 1000)), 'second');
}
