import type { Command } from '../../command/command.js';
import { addressOperand, withAddressed } from './addressed.js';

/** Ends mail to an address for good. */
export const suppress: Command = {
  name: 'subscribers suppress',
  summary: 'stops all mail to an address for good, whether it is subscribed or not',
  operands: [addressOperand],
  place: 'house',
  writes: true,
  more: `For somebody who asks never to be written to again. It has the weight of a complaint: the form, an import and \`subscribers
release\` cannot lift it, it outlives an erasure, and no command takes it back. What is stored about the subscriber stays;
\`subscribers erase\` deletes that and leaves the mark, which holds no address.`,
  run: (given, io) =>
    withAddressed(given, async ({ operator, id, standing, address, at }) => {
      const isDone = standing === 'suppressed';
      if (!isDone && !given.isDryRun) {
        const { consents, subscribers } = operator;
        await consents.append({ subscriber: id, event: 'suppressed', at, cause: 'admin' });
        await subscribers.markComplaint(id, at);
      }
      const before = standing === 'none' ? 'nothing was known of it' : `was ${standing}`;
      if (isDone) io.out(`${address} is suppressed already.`);
      else io.out(`${address} ${given.isDryRun ? 'would be' : 'is'} suppressed for good (${before}).`);
      io.json({ id, before: standing, suppressed: isDone || !given.isDryRun, dryRun: given.isDryRun });
    }),
};
