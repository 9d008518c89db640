/** Names of the string key attributes that every table has. */
export const tableKeys = { pk: 'pk', sk: 'sk' } as const;

/** Time-to-live attribute of every table, in epoch seconds. */
export const expiryAttribute = 'expiresAt';

/** Index of the papers table over the newest day on which a paper was listed or first seen (KEYS_ONLY). */
export const papersByActiveDay = { index: 'byActiveDay', pk: 'activeDay', sk: 'pk' } as const;

/** Sparse index of the subscribers table over the delivery slot of active subscribers (KEYS_ONLY). */
export const subscribersBySlot = { index: 'bySlot', pk: 'slot', sk: 'pk' } as const;

/** Sparse index of the runs table over batches that still have open candidates (KEYS_ONLY). */
export const openBatches = { index: 'openBatches', pk: 'openRun', sk: 'sk' } as const;

/** Whether the stack made the Subscribers table, or the configuration names one that was restored from a backup. */
export const subscribersOrigins = ['generated', 'configured'] as const;
export type SubscribersOrigin = (typeof subscribersOrigins)[number];
