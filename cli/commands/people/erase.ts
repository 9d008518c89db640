import { eraseSubscriber } from '../../../lambdas/serve-pages/erase-subscriber.js';
import type { Command } from '../../command/command.js';
import { addressOperand, withAddressed } from './addressed.js';

/** Deletes what is kept of a subscriber. */
export const erase: Command = {
  name: 'subscribers erase',
  summary: 'deletes everything stored about a subscriber, as the preferences page does',
  operands: [addressOperand],
  place: 'house',
  writes: true,
  more: `This cannot be undone. A mark that the address is suppressed or has bounced stays, without the address, and so do the entries of the
consent journal, under an id that reveals nothing about it. Mail already on its way still arrives.`,
  run: (given, io) =>
    withAddressed(given, async ({ operator, register, id, standing, address, at }) => {
      const isKnown = standing !== 'none';
      if (!given.isDryRun) {
        if (isKnown) await eraseSubscriber(id, at, operator, 'admin');
        await register.sweep(id);
      }
      const hasMark = standing === 'suppressed' || standing === 'bounced';
      const left = hasMark ? ` The mark that it is ${standing} stays.` : '';
      if (!isKnown) io.out(`Nothing is known of ${address}.`);
      else io.out(`${given.isDryRun ? 'Would erase' : 'Erased'} ${address} (${standing}).${left}`);
      io.json({ id, before: standing, erased: isKnown && !given.isDryRun, dryRun: given.isDryRun });
    }),
};
