import type { ReadFaults } from '../cloud/dynamo/reads.js';
import type { SesWeather } from '../cloud/ses.js';
import type { Invocation } from './container.js';
import type { Faults } from './faults.js';
import type { Profile } from './profile.js';

/** What SES is like at an instant. */
export function weatherAt({ outage, quotaOut }: Profile, now: number): SesWeather {
  const isIn = ({ from, to }: { from: number; to: number }) => from <= now && now < to;
  const { kind, isQuotaAnswered } = outage;
  return { outage: isIn(outage) ? kind : 'none', isQuotaOut: isIn(quotaOut), isQuotaAnswered };
}

/** What makes the reads of a world worse than they need be. */
export function readFaults(world: {
  readonly profile: Profile;
  readonly faults: Faults;
  readonly acting: Invocation | undefined;
}): ReadFaults {
  const { profile, faults } = world;
  let reads = 0;
  const isDrawn = (what: string, probability: number) => {
    if (probability === 0) return false;
    reads += 1;
    return faults.chance.isBelow(probability, `${what} ${world.acting?.name} ${world.acting?.calls} ${reads}`);
  };
  return {
    lagMs: () => (isDrawn('lag', profile.lagMs > 0 ? 0.5 : 0) ? profile.lagMs : 0),
    pageSize: () => {
      if (!isDrawn('page', profile.shortPages)) return Number.POSITIVE_INFINITY;
      return isDrawn('empty', 0.5) ? 0 : 1;
    },
    processed: (keys) => (isDrawn('unprocessed', profile.unprocessed) ? Math.floor(keys / 2) : keys),
  };
}
