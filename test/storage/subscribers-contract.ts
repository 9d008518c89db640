import { describe } from '@jest/globals';
import type { SubscriberRepository } from '../../shared/storage/subscribers-repository.js';
import { claimsContract } from './claims-contract.js';
import { keepingContract } from './keeping-contract.js';
import { outcomesContract } from './outcomes-contract.js';

/** What every store of subscribers does. */
export function subscribersContract(make: () => Promise<SubscriberRepository>): void {
  describe('keeping', () => keepingContract(make));
  describe('claiming', () => claimsContract(make));
  describe('ending', () => outcomesContract(make));
}
