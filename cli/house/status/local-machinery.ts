import type { House } from '../../local/house.js';
import type { Machinery } from './gather-facts.js';
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
