import type { ClientSettings } from '../../house/clients.js';

/** Whether an address is on SES's own list of those it does not send to; other refusals of SES are thrown. */
export async function isOnSesList(settings: ClientSettings, address: string): Promise<boolean> {
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
export function freeingCommand(
  address: string,
  { region, profile }: { readonly region: string; readonly profile?: string | undefined },
): string {
  const place = `--region ${region}${profile === undefined ? '' : ` --profile ${quoted(profile)}`}`;
  return `aws sesv2 delete-suppressed-destination --email-address ${quoted(address)} ${place}`;
}
