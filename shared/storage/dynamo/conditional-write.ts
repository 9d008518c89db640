import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * Whether a conditional write was made; `false` when its condition did not hold, and every other error is thrown. A
 * write whose reply was lost is repeated by the SDK and then refused by what it wrote itself: `false` means "look
 * again".
 */
export async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
