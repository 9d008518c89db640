import { describe } from '@jest/globals';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { bouncesContract } from './bounces-contract.js';
import { claimsContract } from './claims-contract.js';
import { journeyContract } from './journey-contract.js';
import { keepingContract } from './keeping-contract.js';
import { learningContract } from './learning-contract.js';
import { leavingContract } from './leaving-contract.js';
import { movingContract } from './moving-contract.js';
import { outcomesContract } from './outcomes-contract.js';
import { preferencesContract } from './preferences-contract.js';

/** What every store of subscribers does; `rounds` says how many interleavings are tried. */
export function subscribersContract(make: () => Promise<SubscriberRepository>, rounds: number): void {
  describe('keeping', () => keepingContract(make));
  describe('coming in', () => journeyContract(make));
  describe('preferences', () => preferencesContract(make));
  describe('leaving', () => leavingContract(make, rounds));
  describe('learning', () => learningContract(make));
  describe('changing the address', () => movingContract(make));
  describe('bouncing', () => bouncesContract(make));
  describe('claiming', () => claimsContract(make));
  describe('ending', () => outcomesContract(make));
}
