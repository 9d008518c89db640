import type { Item } from '../../../../shared/storage/dynamo/rows.js';
import { type Bound, type Compiled, ExpressionReader } from './conditions.js';
import { ValidationException } from './tokens.js';
import { copyOf, valueAt } from './values.js';

/** Makes of an item what an update wants it to be; the item itself is left as it was. */
type Update = (item: Item, bound: Bound) => Item;

type Step = (before: Item, after: Item, bound: Bound) => void;

/** The map that holds the last part of a path; as in DynamoDB it must be there. */
function holderOf(item: Item, path: readonly (string | number)[]): Record<string | number, unknown> {
  const holder = valueAt(item, path.slice(0, -1));
  if (typeof holder !== 'object' || holder === null) {
    throw new ValidationException('The document path provided in the update expression is invalid for update');
  }
  return holder as Record<string | number, unknown>;
}

function assignment(reader: ExpressionReader): Step {
  const { tokens } = reader;
  const path = reader.path();
  tokens.expect('=');
  const first = reader.operand();
  const sign = tokens.has('+') ? 1 : tokens.has('-') ? -1 : 0;
  const second = sign === 0 ? undefined : reader.operand();
  return (before, after, bound) => {
    const parts = path(bound);
    const last = parts.at(-1) ?? '';
    let value = first(before, bound);
    if (second) {
      const [one, other] = [value, second(before, bound)];
      if (typeof one !== 'number' || typeof other !== 'number') {
        throw new ValidationException('An operand in the update expression has an incorrect data type');
      }
      value = one + sign * other;
    }
    if (value === undefined) {
      throw new ValidationException('The provided expression refers to an attribute that does not exist in the item');
    }
    holderOf(after, parts)[last] = copyOf(value);
  };
}

function removal(reader: ExpressionReader): Step {
  const path = reader.path();
  return (_, after, bound) => {
    const parts = path(bound);
    const holder = valueAt(after, parts.slice(0, -1));
    if (typeof holder === 'object' && holder !== null) delete (holder as Record<string, unknown>)[parts.at(-1) ?? ''];
  };
}

function readUpdate(reader: ExpressionReader, expression: string): Update {
  const steps: Step[] = [];
  const { tokens } = reader;
  while (tokens.peek() !== '') {
    const read = tokens.has('SET') ? assignment : tokens.has('REMOVE') ? removal : undefined;
    if (!read) throw new ValidationException(`Invalid UpdateExpression: ${expression}`);
    do steps.push(read(reader));
    while (tokens.has(','));
  }
  return (item, bound) => {
    const after = copyOf(item);
    for (const step of steps) step(item, after, bound);
    return after;
  };
}

const known = new Map<string, Compiled<Update>>();

/** Reads an update of SET and REMOVE clauses, once for all requests that have it. */
export function compileUpdate(expression: string): Compiled<Update> {
  let compiled = known.get(expression);
  if (!compiled) {
    const reader = new ExpressionReader(expression);
    compiled = { meaning: readUpdate(reader, expression), used: reader.used };
    known.set(expression, compiled);
  }
  return compiled;
}
