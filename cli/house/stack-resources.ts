import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { ClientSettings } from './clients.js';

/** A resource of a deployed stack; the physical name of a queue is its address, that of a mapping its id. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  readonly name: string;
}

/** All resources of a deployed stack, read once; throws where the stack does not exist or may not be read. */
export function stackResources(client: ClientSettings, StackName: string): () => Promise<readonly StackResource[]> {
  let reading: Promise<readonly StackResource[]> | undefined;
  return () => {
    reading ??= readResources(client, StackName);
    return reading;
  };
}

async function readResources(client: ClientSettings, StackName: string): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  const pages = paginateListStackResources({ client: new CloudFormationClient(client) }, { StackName });
  for await (const { StackResourceSummaries = [] } of pages) {
    for (const {
      ResourceType: type,
      LogicalResourceId: logicalId,
      PhysicalResourceId: name,
    } of StackResourceSummaries) {
      if (type !== undefined && logicalId !== undefined && name !== undefined) found.push({ type, logicalId, name });
    }
  }
  return found;
}
