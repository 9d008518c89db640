/** Gives placeholders to attribute names (many are reserved words) and values while an expression is written. */
interface Placeholders {
  readonly name: (path: string) => string;
  readonly value: (value: unknown) => string;
}

/** One condition on an attribute, named by its path (`claim.at`). */
export type Condition = (to: Placeholders) => string;

export const exists =
  (path: string): Condition =>
  (to) =>
    `attribute_exists(${to.name(path)})`;

export const absent =
  (path: string): Condition =>
  (to) =>
    `attribute_not_exists(${to.name(path)})`;

/** The attribute has this value; for `undefined`, it is absent. */
export const is = (path: string, value: unknown): Condition =>
  value === undefined ? absent(path) : (to) => `${to.name(path)} = ${to.value(value)}`;

/** The attribute has another value, or is not there at all. */
export const isNot =
  (path: string, value: unknown): Condition =>
  (to) =>
    `${to.name(path)} <> ${to.value(value)}`;

export const isBelow =
  (path: string, value: unknown): Condition =>
  (to) =>
    `${to.name(path)} < ${to.value(value)}`;

export const isAbove =
  (path: string, value: unknown): Condition =>
  (to) =>
    `${to.name(path)} > ${to.value(value)}`;

/** The attribute has a value from `first` to `last`, both included. */
export const isBetween =
  (path: string, first: unknown, last: unknown): Condition =>
  (to) =>
    `${to.name(path)} BETWEEN ${to.value(first)} AND ${to.value(last)}`;

export const startsWith =
  (path: string, prefix: string): Condition =>
  (to) =>
    `begins_with(${to.name(path)}, ${to.value(prefix)})`;

export const either =
  (...conditions: readonly Condition[]): Condition =>
  (to) =>
    `(${conditions.map((condition) => condition(to)).join(' OR ')})`;

interface Bound {
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

function placeholders() {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  let count = 0;
  const to: Placeholders = {
    name: (path) =>
      path
        .split('.')
        .map((part) => {
          names[`#${part}`] = part;
          return `#${part}`;
        })
        .join('.'),
    value: (value) => {
      const key = `:v${count}`;
      count += 1;
      values[key] = value;
      return key;
    },
  };
  // DynamoDB refuses an empty map of values.
  const bound = (): Bound => ({
    ExpressionAttributeNames: names,
    ...(count > 0 && { ExpressionAttributeValues: values }),
  });
  const all = (conditions: readonly Condition[]) => conditions.map((condition) => condition(to)).join(' AND ');
  return { to, bound, all };
}

/** A put that is refused unless every condition holds. */
export function onlyIf(...conditions: readonly Condition[]) {
  const { all, bound } = placeholders();
  return { ConditionExpression: all(conditions), ...bound() };
}

/** The items that a query looks for; with `only`, no other attributes are fetched. */
export function where(conditions: readonly Condition[], only: readonly string[] = []) {
  const { to, all, bound } = placeholders();
  const KeyConditionExpression = all(conditions);
  const ProjectionExpression = only.map(to.name).join(', ');
  return { KeyConditionExpression, ...(only.length > 0 && { ProjectionExpression }), ...bound() };
}

/** What `change` adds to a number; an attribute that is not there counts as 0. */
class Increment {
  constructor(readonly by: number) {}
}

/** In `change`, the value that adds `by` to what the attribute holds. */
export const plus = (by: number): Increment => new Increment(by);

/** An update that sets the given attributes, takes off those given as `undefined`, and is refused unless all holds. */
export function change(attributes: Readonly<Record<string, unknown>>, ...conditions: readonly Condition[]) {
  const { to, all, bound } = placeholders();
  const entries = Object.entries(attributes);
  const assigned = (name: string, value: unknown) =>
    value instanceof Increment ? `if_not_exists(${name}, ${to.value(0)}) + ${to.value(value.by)}` : to.value(value);
  const set = entries
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${to.name(path)} = ${assigned(to.name(path), value)}`);
  const remove = entries.filter(([, value]) => value === undefined).map(([path]) => to.name(path));
  const parts = [set.length > 0 && `SET ${set.join(', ')}`, remove.length > 0 && `REMOVE ${remove.join(', ')}`];
  const UpdateExpression = parts.filter((part) => part !== false).join(' ');
  return { UpdateExpression, ...(conditions.length > 0 && { ConditionExpression: all(conditions) }), ...bound() };
}
