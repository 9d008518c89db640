import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailTags } from '../../../shared/contract/mail-tags.js';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import { outcomes, type RunBalance } from '../../../shared/domain/subscriber/outcome.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { describeRise } from '../../../shared/domain/trend/trend-words.js';
import type { StoredMail } from '../../local/mail/mail-store.js';

export interface PlayedDay {
  readonly date: CalendarDate;
  readonly edition: Edition;
  readonly balance: RunBalance;
  /** Every mail of the house; those of other editions are left out. */
  readonly mails: readonly StoredMail[];
}

/** What run.json holds: the run, balanced; still-here mails only where some were sent. */
export function runOf({ date, balance }: Pick<PlayedDay, 'date' | 'balance'>) {
  const { candidates, sent, unmatched, 'quiet-noted': noted, suppressed, failed, expired, uncertain } = balance;
  const run = { edition: date, candidates, sent, unmatched, suppressed, failed, expired, uncertain };
  return noted > 0 ? { ...run, 'quiet-noted': noted } : run;
}

/** Writes `mails/*.eml`, `edition.json`, `run.json` and `summary.txt`; mails of an earlier call are removed. */
export function writeDay(out: string, day: PlayedDay): void {
  const mails = new Map(
    day.mails.filter(({ tags }) => tags[mailTags.edition] === day.date).map((mail) => [nameOf(mail), mail.raw]),
  );
  const folder = join(out, 'mails');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.eml') && !mails.has(name)) rmSync(join(folder, name));
  }
  for (const [name, raw] of mails) writeFileSync(join(folder, name), raw);
  writeJson(join(out, 'edition.json'), editionOf(day.edition));
  writeJson(join(out, 'run.json'), runOf(day));
  writeFileSync(join(out, 'summary.txt'), summarize(day));
}

/** Named after the recipient; a second attempt at one digest gets a file of its own. */
function nameOf({ to, tags }: StoredMail): string {
  const attempt = tags[mailTags.attempt] === '1' ? '' : `.${tags[mailTags.attempt]}`;
  return `${to.join(' ').replace(/[^A-Za-z0-9@._+-]/g, encodeURIComponent)}${attempt}.eml`;
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function editionOf({ date, formula, days, papers }: Edition) {
  const ranked = papers.map(({ paper, score, lane }) => ({
    id: paper.id,
    title: paper.title,
    score: score.value,
    parts: score.parts,
    ...(lane && { lane }),
    listedDays: paper.listedDays,
  }));
  return { date, formula, days, papers: ranked };
}

const topPapers = 5;

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A human-readable summary of the day. */
export function summarize(day: PlayedDay): string {
  const { edition, balance } = day;
  const empty = edition.days.filter(({ listed }) => listed === 0).map(({ date }) => date);
  const counts = outcomes.filter((outcome) => balance[outcome] > 0).map((outcome) => `${balance[outcome]} ${outcome}`);
  return [
    `Edition ${edition.date}: ${counted(edition.papers.length, 'paper')}, formula ${edition.formula}`,
    ...(empty.length > 0 ? [`No daily list: ${empty.join(', ')}`] : []),
    ...edition.papers.slice(0, topPapers).map((ranked, index) => {
      const rise = describeRise(ranked).gains.join('; ');
      return `${index + 1}. ${shownText(ranked.paper.title)}${rise ? ` (${rise})` : ''}`;
    }),
    `Run: ${counted(balance.candidates, 'candidate')} = ${counts.join(' + ') || '0'}`,
    '',
  ].join('\n');
}
