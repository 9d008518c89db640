import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import { busArnOf, type Rules } from '../queues/rules.js';
import type { Stack } from '../template/stack.js';
import { eventTypesOf, mailHappening } from './mail-events.js';
import type { MailStore, StoredMail } from './mail-store.js';

const destinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z._default(z.boolean(), true),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }),
    MatchingEventTypes: z.array(z.string()),
  }),
});

/** Tells the default bus what became of mails, as far as their configuration set asks for it. */
export interface MailTidings {
  /** Tells of one mail, after the answer to its sender. */
  tell(mail: StoredMail): void;
  /** Tells of the mails of an earlier process that ended before it had told. */
  resume(): void;
}

export function mailTidings(stack: Stack, rules: Rules, store: MailStore, surroundings: Surroundings): MailTidings {
  const destinations = stack
    .all(['AWS::SES::ConfigurationSetEventDestination'], destinationProperties)
    .map(({ properties }) => properties)
    .filter(({ EventDestination }) => EventDestination.Enabled);
  const publishAll = async (mail: StoredMail) => {
    await new Promise(setImmediate);
    if (surroundings.isClosing()) return;
    for (const { ConfigurationSetName, EventDestination } of destinations) {
      if (ConfigurationSetName !== mail.configurationSet) continue;
      const wanted = EventDestination.MatchingEventTypes.map((type) => type.toLowerCase());
      for (const type of eventTypesOf(mail)) {
        if (wanted.includes(type.toLowerCase())) rules.publish(busArnOf('default'), mailHappening(mail, type), mail.at);
      }
    }
    store.markTold(mail);
  };
  const tell = (mail: StoredMail) => void surroundings.activity.run(() => publishAll(mail));
  return { tell, resume: () => store.untold.forEach(tell) };
}
