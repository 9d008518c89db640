import type { Instant } from '../../../shared/domain/calendar-date.js';
import { documentClient } from '../../../shared/storage/dynamo/dynamo.js';
import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { isFromBackup } from '../../../shared/storage/subscribers/name-row.js';
import type { PaperboyHouse } from '../paperboy-house.js';
import { countSubscribers } from './count-subscribers.js';
import { describeStatus } from './describe-status.js';
import { gatherFacts } from './gather-facts.js';
import { localMachinery } from './local-machinery.js';

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
