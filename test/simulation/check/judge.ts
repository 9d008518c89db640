import { judgeBalances } from './balances.js';
import { judgeJournal } from './journal.js';
import { judgeMails } from './mails.js';
import { judgeMoves } from './moves.js';
import { judgeOffers } from './offers.js';
import { judgeOutcomes } from './outcomes.js';
import { judgeSignUps } from './sign-ups.js';
import { type Count, type Finding, type Judged, Story } from './story.js';

export const counted = ['lost', 'repeated', 'afterLeaving', 'unbalanced', 'open'] as const satisfies readonly Count[];

/** What a run is found to be; with no fault, the five counts are 0. */
export interface Verdict extends Readonly<Record<Finding['counts'], number>> {
  readonly findings: readonly Finding[];
}

/** Judges a finished run in the manner of total-queue: what was to be sent against what SES was given. */
export function judge(judged: Judged): Verdict {
  const findings: Finding[] = [...(judged.learned ?? [])];
  const damaged = new Set<string>(judged.world.damaged);
  const stories = judged.readers.map((reader) => new Story(reader, judged.world));
  // Whoever has two addresses is one person, judged as one.
  const movers = new Set(
    judged.readers.flatMap(({ number, movesFrom }) => (movesFrom === undefined ? [] : [number, movesFrom])),
  );
  for (const story of stories) {
    if (damaged.has(story.reader.id) || movers.has(story.reader.number)) continue;
    findings.push(
      ...judgeMails(story, judged.end),
      ...judgeOutcomes(story, judged),
      ...judgeSignUps(story, judged),
      ...judgeJournal(story, judged),
      ...judgeOffers(story, judged),
    );
  }
  findings.push(
    ...judgeMoves(
      stories.filter(({ reader }) => !damaged.has(reader.id)),
      judged,
    ),
  );
  findings.push(...judgeBalances(judged, stories, damaged));
  const count = (name: Finding['counts']) => findings.filter(({ counts }) => counts === name).length;
  return {
    lost: count('lost'),
    repeated: count('repeated'),
    afterLeaving: count('afterLeaving'),
    unbalanced: count('unbalanced'),
    open: count('open'),
    uncertain: count('uncertain'),
    extraCopies: count('extraCopies'),
    findings,
  };
}
