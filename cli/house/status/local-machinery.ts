import type { Instant } from '../../../shared/domain/calendar-date.js';
import { documentClient } from '../../../shared/storage/dynamo/dynamo.js';
import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { isFromBackup } from '../../../shared/storage/subscribers/name-row.js';
import type { House } from '../../local/house.js';
import type { PaperboyHouse } from '../paperboy-house.js';
import { countSubscribers } from './count-subscribers.js';
import { describeStatus } from './describe-status.js';
import { gatherFacts, type Machinery } from './gather-facts.js';
import { queueOf, withoutHash } from './queue-names.js';

/**
 * The machinery of a house on this machine. Its alarms are judged while it runs, and heard by whoever looks; in one at rest
 * there are none.
 */
export function localMachinery(
  house: Pick<House, 'queues' | 'alarms' | 'watchedAlarms'>,
  life: 'running' | 'at-rest',
): Machinery {
  return {
    queues: async () =>
      house.queues().map(({ name, visible, delayed, inFlight, oldestMs }) => {
        return { ...queueOf(name), visible: visible + delayed, inFlight, oldestMs };
      }),
    async alarms() {
      if (life === 'at-rest') return undefined;
      const raised = house.alarms().map(({ id, ...alarm }) => ({ name: withoutHash(id), ...alarm }));
      return { watched: house.watchedAlarms, unheard: 0, raised };
    },
    switches: async () => [],
    mailAccount: async () => undefined,
  };
}

/** Has a running house show on a page beside its inbox how everything is going, by its own time. */
export function showStatus(paperboy: PaperboyHouse, now: () => Instant): void {
  const { house, client, papers, editions, runs, traffic } = paperboy;
  const dynamo = documentClient(client);
  const table = house.output('SubscribersTable');
  const sources = {
    ...{ place: 'This house', now, papers, editions, runs, traffic },
    machinery: localMachinery(house, 'running'),
    awaitsReplay: () => isFromBackup(dynamo, table),
    countSubscribers: () => countSubscribers(subscriberRegister(dynamo, table), now()),
  };
  house.showStatus(async () => describeStatus(await gatherFacts(sources)));
}
