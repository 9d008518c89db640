import { describe, expect, it } from '@jest/globals';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';

describe('a subscriber id', () => {
  const key = Buffer.alloc(32, 1);

  it('is 22 safe characters, the same for the same address and key only', () => {
    const id = subscriberIdOf('reader@example.org', key);
    expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(subscriberIdOf('reader@example.org', Buffer.alloc(32, 1))).toBe(id);
    expect(subscriberIdOf('reader@example.com', key)).not.toBe(id);
    expect(subscriberIdOf('reader@example.org', Buffer.alloc(32, 2))).not.toBe(id);
  });
});
