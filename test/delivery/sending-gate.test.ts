import { expect, it } from '@jest/globals';
import { sendingGate } from '../../shared/delivery/sending-gate.js';

it('looks at the counts once for all jobs that begin together', async () => {
  let looks = 0;
  const traffic = {
    sending: async () => ({}),
    between: async () => {
      looks += 1;
      return [];
    },
    halt: async () => 'halted' as const,
  };
  const gate = sendingGate('digests', {
    traffic,
    now: () => 0,
    warn: () => {},
    countHalted: () => {},
    countPaused: () => {},
  });
  expect(await Promise.all([gate(), gate(), gate()])).toEqual([true, true, true]);
  expect(looks).toBe(1);
});
