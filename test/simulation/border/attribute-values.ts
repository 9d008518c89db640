/** A value as DynamoDB's wire has it: its type, and the value as text, list or map. */
type Attribute = Readonly<Record<string, unknown>>;

/** Reads a value of the wire. */
export function fromWire(attribute: Attribute): unknown {
  const [[type, value] = ['NULL', true]] = Object.entries(attribute);
  switch (type) {
    case 'N':
      return Number(value);
    case 'B':
      return new Uint8Array(Buffer.from(String(value), 'base64'));
    case 'L':
      return (value as Attribute[]).map(fromWire);
    case 'M':
      return mapFromWire(value as Record<string, Attribute>);
    case 'NULL':
      return null;
    default:
      return value;
  }
}

/** Reads an item, a key or the values of an expression. */
export function mapFromWire(map: Readonly<Record<string, Attribute>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, attribute]) => [name, fromWire(attribute)]));
}

/** Writes a value for the wire. */
export function toWire(value: unknown): Attribute {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { L: value.map(toWire) };
  return { M: mapToWire(value as Record<string, unknown>) };
}

/** Writes an item or a key. */
export function mapToWire(map: Readonly<Record<string, unknown>>): Record<string, Attribute> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, toWire(value)]));
}
