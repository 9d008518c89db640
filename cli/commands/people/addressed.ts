import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Consent } from '../../../shared/domain/subscriber/consent.js';
import type { KnownStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { type SubscriberRegister, subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { CliError } from '../../command/cli-error.js';
import type { Given } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';

/** Somebody whom an admin named by address. */
export interface Addressed {
  readonly operator: Operator;
  readonly register: SubscriberRegister;
  /** As it is mailed to. */
  readonly address: string;
  readonly id: SubscriberId;
  readonly standing: KnownStatus;
  /** What the journal says of them, oldest first. */
  readonly journal: readonly Consent[];
  /** Now, but after every entry of the journal: a house that was left may stand at the time of the newest. */
  readonly at: Instant;
}

/** Works on the subscriber whose address is the command's operand; what is no address is refused before anything else. */
export async function withAddressed<Result>(
  given: Given,
  work: (addressed: Addressed) => Promise<Result>,
): Promise<Result> {
  const parsed = parseAddress(given.operands[0] ?? '');
  if (!parsed.ok) throw new CliError(`ADDRESS: ${parsed.message}`);
  const { address } = parsed;
  return withOperator(given.place, async (operator) => {
    const register = subscriberRegister(operator.dynamo, operator.output('SubscribersTable'));
    const id = await operator.idOf(address);
    const standing = (await register.standings([id])).get(id)?.standing ?? 'none';
    const journal = await operator.consents.of(id);
    const at = Math.max(operator.now(), (journal.at(-1)?.at ?? 0) + 1);
    return work({ operator, register, address, id, standing, journal, at });
  });
}

/** The operand of commands that take one address. */
export const addressOperand = { name: 'ADDRESS', help: 'an email address, in any spelling that reaches the mailbox' };
