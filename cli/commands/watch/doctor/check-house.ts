import { describeStatus } from '../../../house/status/describe-status.js';
import type { MailAccountFact, StatusFacts } from '../../../house/status/facts.js';
import { type Check, checksOf } from './check.js';

const allowIt = 'allow whoever looks to read that, or look again when AWS answers';

/** What the lines of `status` are checked as, and what to do where one is wrong. */
const judged: Readonly<Record<string, readonly [id: string, todo: string]>> = {
  ingest: ['ingest', 'see docs/runbook.md#ingest-is-silent'],
  sources: ['sources', 'see docs/runbook.md#a-source-is-stale-or-down'],
  edition: ['edition', 'see docs/runbook.md#the-edition-is-late'],
  run: ['run', 'see docs/runbook.md#digests-are-broken'],
  queues: ['queues', allowIt],
  'dead letters': ['dead-letters', 'mend the cause by the heading of that queue in docs/runbook.md, then `redrive` it'],
  schedules: [
    'schedules',
    'enable it: the rule in the EventBridge console, or the trigger of the function in the Lambda console',
  ],
  alarms: ['in-alarm', 'go on with the heading of docs/runbook.md at the end of its description'],
  sending: ['sending', 'see docs/runbook.md#sending-is-paused or #sending-is-halted, whichever it is'],
  'in 24 hours': ['reputation', 'see docs/runbook.md#many-mails-bounce and docs/runbook.md#many-complaints'],
};

/** Where all that `status` shows would be too much for one line that is well. */
const inShort: Readonly<Record<string, string>> = {
  queues: 'all can be read',
  reputation: 'bounces and complaints are below half of what halts sending',
};

/** Judges a house by what `status` shows of it. */
export function checkHouse(facts: StatusFacts): readonly Check[] {
  const { lines } = describeStatus(facts);
  return Object.entries(judged).flatMap(([about, [id, todo]]): readonly Check[] => {
    const those = lines.filter((line) => line.about === about);
    const wrong = those.filter(({ state }) => state !== 'ok');
    const { ok, failure, skipped } = checksOf(id);
    if (wrong.length > 0) {
      const isRead = wrong.some(({ state }) => state === 'wrong');
      return [failure(textOf(wrong), isRead ? todo : allowIt)];
    }
    if (about === 'alarms' && 'value' in facts.alarms && facts.alarms.value === undefined)
      return [skipped(textOf(those))];
    return those.length === 0 ? [] : [ok(inShort[id] ?? textOf(those))];
  });
}

const textOf = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text).join('; ');

/** From this share of the day's quota on it will not be enough for long. */
const nearlyUsedUp = 0.9;

/** Whether SES takes as many mails as are sent, in a day and in a second. */
export function checkQuota(account: MailAccountFact | undefined, sendRate: number | undefined): Check {
  const { ok, failure, skipped } = checksOf('ses-quota');
  if (account === undefined) return skipped('SES could not be asked');
  const { perDay, perSecond, sentLast24Hours } = account;
  const use = `${sentLast24Hours} of ${perDay} mails in 24 hours, ${perSecond} a second`;
  if (sentLast24Hours >= nearlyUsedUp * perDay)
    return failure(use, 'ask for a higher sending quota in Service Quotas, under SES');
  if (sendRate !== undefined && sendRate > perSecond) {
    return failure(
      `${use}, and sendRate is ${sendRate}`,
      `write "sendRate": ${perSecond}, or ask for more in Service Quotas`,
    );
  }
  return ok(use);
}
