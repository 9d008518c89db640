import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import type { Command } from '../../command/command.js';
import { withOperator } from '../../house/operator.js';
import { everybodyWithProfile } from './everybody.js';
import { masked, readStatus, statusOption } from './file/file-fields.js';

/** Lists subscribers by id, with masked addresses unless they are asked for. */
export const list: Command = {
  name: 'subscribers list',
  summary: 'lists subscribers: id, status, address, and when their digests are due',
  options: {
    status: statusOption,
    addresses: { type: 'boolean', help: 'shows whole addresses instead of a…@example.org' },
  },
  place: 'house',
  more: `The order means nothing. Whoever was erased after a complaint or bounces appears without an address. Whoever signed up but did not
confirm in time is not listed.`,
  async run(given, io) {
    const wanted = readStatus(given);
    const shown = given.options.addresses === true ? (address: string) => address : masked;
    const subscribers: object[] = [];
    await withOperator(given.place, async ({ dynamo, output, subscribers: repository, now }) => {
      const register = subscriberRegister(dynamo, output('SubscribersTable'));
      const tellUnreadable = (id: string) => io.tell(`${id}: its rows are of another version`);
      const deps = { register, subscribers: repository, tellUnreadable };
      const isWanted = ({ standing }: { readonly standing: string }) => wanted === undefined || standing === wanted;
      for await (const known of everybodyWithProfile(now(), isWanted, deps)) {
        for (const { id, standing, slot = '', profile } of known) {
          const address = profile ? shown(profile.address) : '';
          io.out([id, standing.padEnd(12), slot.padEnd(22), address].join('  ').trimEnd());
          if (given.json)
            subscribers.push({ id, status: standing, ...(slot && { slot }), ...(address && { address }) });
        }
      }
    });
    io.json({ subscribers });
  },
};
