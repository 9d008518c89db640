import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Io } from '../../command/command.js';
import {
  accountInWords,
  alarmsInWords,
  deadLettersInWords,
  editionInWords,
  ingestInWords,
  momentOf,
  queuesInWords,
  replayInWords,
  reputationInWords,
  runInWords,
  sendingInWords,
  sourcesInWords,
  subscribersInWords,
  switchesInWords,
  type Words,
} from './fact-words.js';
import type { Known, StatusFacts } from './facts.js';

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

/** What the admin wants to know at a glance, in the order in which the day goes. */
export function describeStatus(facts: StatusFacts): StatusView {
  return { place: facts.place, now: facts.now, lines: linesFrom(facts) };
}

function linesFrom(facts: StatusFacts): readonly StatusLine[] {
  const { now, sources, edition, run, queues, alarms, switches, sending, awaitsReplay, mailAccount, subscribers } =
    facts;
  return [
    ...linesOf('ingest', sources, (healths) => ingestInWords(healths, now)),
    ...linesOf('sources', sources, sourcesInWords),
    ...linesOf('edition', edition, (found) => editionInWords(found, now)),
    ...linesOf('run', run, runInWords),
    ...linesOf('queues', queues, queuesInWords),
    ...linesOf('dead letters', queues, deadLettersInWords),
    ...linesOf('schedules', switches, switchesInWords),
    ...linesOf('alarms', alarms, alarmsInWords),
    ...linesOf('sending', sending, sendingInWords),
    ...linesOf('sending', awaitsReplay, replayInWords),
    ...linesOf('SES', mailAccount, accountInWords),
    ...linesOf('in 24 hours', sending, reputationInWords),
    ...linesOf('subscribers', subscribers, subscribersInWords),
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
