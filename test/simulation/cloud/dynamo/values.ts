import type { Item } from '../../../../shared/storage/dynamo/rows.js';

/** A copy that shares nothing; bytes become plain `Uint8Array`s and `undefined` members go, as on the way to a table. */
export function copyOf<Value>(value: Value): Value {
  return copied(value) as Value;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Uint8Array.prototype.slice.call(new Uint8Array(value));
  if (Array.isArray(value)) return value.map(copied);
  const copy: Record<string, unknown> = {};
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) copy[name] = copied(member);
  }
  return copy;
}

function typeOf(value: unknown): string {
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}

/** Whether two stored values are the same, of one type and member by member. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const type = typeOf(one);
  if (type !== typeOf(other)) return false;
  if (type === 'bytes') return Buffer.compare(one as Uint8Array, other as Uint8Array) === 0;
  if (type !== 'list' && type !== 'object') return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isEqual(a[name], b[name]));
}

/** How two values of one ordered type stand to each other; `undefined` when they cannot be compared. */
export function order(one: unknown, other: unknown): number | undefined {
  const type = typeOf(one);
  if (type !== typeOf(other)) return undefined;
  if (type === 'number') return (one as number) - (other as number);
  if (type === 'string') return textOrder(one as string, other as string);
  return type === 'bytes' ? Buffer.compare(one as Uint8Array, other as Uint8Array) : undefined;
}

/** The order of keys: that of their UTF-8 bytes. */
export function textOrder(one: string, other: string): number {
  if (one === other) return 0;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** What a path leads to. */
export function valueAt(item: Item | undefined, path: readonly (string | number)[]): unknown {
  let value: unknown = item;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
