import type { Finding } from '../../../../infra/preflight/finding.js';
import { type Check, checksOf } from './check.js';

/** What to do about a finding whose text does not say so itself. */
const whatToDo: Readonly<Record<string, string>> = {
  ses: 'ask for production access, or see why SES paused the account: the SES console, Account dashboard',
  identity: 'click the link that SES mailed to the sender, or enter the records of the domain',
  'alarm-address': 'deploy again once it is written, and confirm the mail that AWS sends there',
};
const otherwise = 'allow whoever looks to ask that, or look in the AWS console';

/** What a deployment asks beforehand, as checks: what would only warn there is a failure of a house that should send. */
export function checkFindings(findings: readonly Finding[]): readonly Check[] {
  return findings.map(({ about, state, text }) => {
    const id = about === 'alarms' ? 'alarm-address' : about.toLowerCase().replaceAll(' ', '-');
    const { ok, failure } = checksOf(id);
    if (state === 'ok') return ok(text);
    const cut = text.indexOf('; ');
    return cut < 0 ? failure(text, whatToDo[id] ?? otherwise) : failure(text.slice(0, cut), text.slice(cut + 2));
  });
}
