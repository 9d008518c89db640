/**
 * How many requests have come from the network, and for the domain, of one of them, itself among them. Lately: in its clock
 * hour, in the hour before and in those since.
 */
export interface Crowd {
  /** From its network, on its day (UTC). */
  readonly networkToday: number;
  readonly networkLately: number;
  /** 0 where the domain has no share. */
  readonly domainLately: number;
}

/** No more than so many people of one network, or with addresses of one domain, sign up without anybody flooding. */
const most: Crowd = { networkToday: 3, networkLately: 1, domainLately: 2 };

/** Whether a request is one of many from where it comes. */
export function isOneOfMany(crowd: Crowd): boolean {
  return (
    crowd.networkToday > most.networkToday ||
    crowd.networkLately > most.networkLately ||
    crowd.domainLately > most.domainLately
  );
}

/** How many of an hour's notices each kind of request may take, whatever the others leave. */
export interface BudgetShares {
  readonly total: number;
  /** Of all that are one of many: the rest is for newcomers. */
  readonly ofMany: number;
  /** The same, where they came without proof of work: what is behind it is left to those with one. */
  readonly ofManyUnproven: number;
  /** Of newcomers without proof of work. */
  readonly unproven: number;
  /** Of one network, and of one domain that has a share: what newcomers take is not counted. */
  readonly perNetwork: number;
  readonly perDomain: number;
}

/** Shares an hour's budget; each is at least one while there is a budget at all. */
export function sharesOf(total: number): BudgetShares {
  const part = (share: number) => Math.min(total, Math.max(1, Math.floor(total * share)));
  return {
    total,
    ofMany: part(0.15),
    ofManyUnproven: part(0.04),
    unproven: part(0.15),
    perNetwork: part(0.05),
    perDomain: part(0.05),
  };
}
