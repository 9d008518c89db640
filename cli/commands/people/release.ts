import { standingAfter } from '../../../shared/domain/subscriber/lifecycle.js';
import type { Released } from '../../../shared/storage/register/subscriber-register.js';
import { CliError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import type { ClientSettings } from '../../house/clients.js';
import { type Addressed, addressOperand, withAddressed } from './addressed.js';

/** Lets mail to an address again that had bounced. */
export const release: Command = {
  name: 'subscribers release',
  summary: 'lifts the block on an address that was suppressed after bounces',
  operands: [addressOperand],
  place: 'house',
  writes: true,
  more: `The subscriber is again what they were before mail bounced, according to the consent journal: active, paused or unsubscribed.
If the journal has no consent, or their choices were erased, the mark is removed and they may sign up again. Whoever
complained, or was suppressed by an admin, is never released.

SES keeps a list of its own of addresses that bounced: it accepts mail to them but does not send it. For a deployed
stack this command asks SES, and prints the one AWS command that takes the address off that list.`,
  run: (given, io) =>
    withAddressed(given, async (addressed) => {
      const released = await releasedBy(addressed, given);
      io.out(inWords(addressed, released, given));
      const ses = await tellSesList(addressed, given, io);
      const { id, standing } = addressed;
      io.json({ id, before: standing, released: released ?? null, dryRun: given.isDryRun, ...ses });
    }),
};

const never = 'that holds for good, and no command takes it back';

async function releasedBy(
  { operator, register, id, standing, address, journal, at }: Addressed,
  { isDryRun }: Given,
): Promise<Released | undefined> {
  if (standing === 'suppressed') {
    throw new CliError(`${address} complained, or was suppressed by an admin: ${never}`);
  }
  if (standing !== 'bounced') return undefined;
  const entry = { subscriber: id, event: 'released', at, cause: 'admin' } as const;
  const after = standingAfter([...journal, entry]);
  if (after === 'suppressed') throw new CliError(`${address} complained, by the journal of consents: ${never}`);
  const to = after === 'active' || after === 'paused' || after === 'unsubscribed' ? after : 'none';
  if (isDryRun) return to;
  await operator.consents.append(entry);
  if ((await register.release(id, to, at)) === 'released') return to;
  throw new CliError(
    `${address} changed meanwhile, or is in the middle of a change of address: look again in a minute`,
  );
}

function inWords({ standing, address }: Addressed, to: Released | undefined, { isDryRun }: Given): string {
  const is = isDryRun ? 'would be' : 'is';
  if (to === undefined && standing === 'none') return `Nothing is known of ${address}: it may sign up.`;
  if (to === undefined) return `${address} is ${standing}: there is nothing to free.`;
  if (to === 'none') return `${address} ${is} free to sign up: no consent or no choices of it are left.`;
  return `${address} ${is} ${to} again.`;
}

/** Says whether SES keeps mail from the address, and how to end that; an SES that does not answer is no failure here. */
async function tellSesList({ operator, address }: Addressed, { place }: Given, io: Io) {
  if (place?.kind !== 'deployed') return {};
  const isListed = await isOnSesList(operator.clients.settings, address).catch((error: unknown) => {
    io.tell(`SES was not asked for its own list: ${(error as Error).message.replace(/\s+/g, ' ')}`);
    return undefined;
  });
  if (!isListed) return { isOnSesList: isListed ?? null };
  const command = freeingCommand(address, { region: operator.clients.settings.region, profile: place.profile });
  io.out(`It is on SES's own list: SES does not send to it until you run\n  ${command}`);
  return { isOnSesList: true, command };
}

/** Whether an address is on SES's own list of those it does not send to; other refusals of SES are thrown. */
async function isOnSesList(settings: ClientSettings, address: string): Promise<boolean> {
  // Loaded here: nobody else of the people's commands asks SES.
  const { GetSuppressedDestinationCommand, NotFoundException, SESv2Client } = await import('@aws-sdk/client-sesv2');
  const client = new SESv2Client(settings);
  try {
    await client.send(new GetSuppressedDestinationCommand({ EmailAddress: address }));
    return true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  } finally {
    client.destroy();
  }
}

/** An address may hold any sign that a shell reads. */
const quoted = (text: string) => (/^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The AWS command that takes an address off the list. */
function freeingCommand(
  address: string,
  { region, profile }: { readonly region: string; readonly profile?: string | undefined },
): string {
  const place = `--region ${region}${profile === undefined ? '' : ` --profile ${quoted(profile)}`}`;
  return `aws sesv2 delete-suppressed-destination --email-address ${quoted(address)} ${place}`;
}
