import { type RequestRepository, requestRepository } from '../../shared/storage/requests-repository.js';
import { MemoryDynamo } from '../simulation/cloud/dynamo/memory-dynamo.js';

/** What requests use up, as it is stored, in a table in memory. */
export function memoryRequests(): RequestRepository {
  const dynamo = new MemoryDynamo();
  return requestRepository(dynamo.client(), dynamo.createTable('subscribers'));
}
