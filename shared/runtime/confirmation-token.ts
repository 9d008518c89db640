import { createHash } from 'node:crypto';

/** What is stored of a confirmation link's random part: a table that leaks opens no subscription. */
export function confirmationHash(random: string): string {
  return createHash('sha256').update(random).digest('hex');
}
