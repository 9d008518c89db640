import type { Item } from '../../../../shared/storage/dynamo/rows.js';
import { type Tokens, tokensOf, ValidationException } from './tokens.js';
import { isEqual, order, valueAt } from './values.js';

/** The names and values that a request binds to an expression's placeholders. */
export interface Bound {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

export type Operand = (item: Item | undefined, bound: Bound) => unknown;
type Test = (item: Item | undefined, bound: Bound) => boolean;
type PathParts = (bound: Bound) => (string | number)[];

/** An expression, read once; `used` are the placeholders in it. */
export interface Compiled<Meaning> {
  readonly meaning: Meaning;
  readonly used: ReadonlySet<string>;
}

/** Reads the operands and conditions of one expression and notes which placeholders it uses. */
export class ExpressionReader {
  readonly used = new Set<string>();
  readonly tokens: Tokens;

  constructor(expression: string) {
    this.tokens = tokensOf(expression);
  }

  path(): PathParts {
    const { tokens, used } = this;
    const parts: (string | number)[] = [];
    do {
      const part = tokens.take();
      if (!/^[#A-Za-z_]/.test(part)) throw new ValidationException(`Invalid path at ${part}`);
      if (part.startsWith('#')) used.add(part);
      parts.push(part);
      while (tokens.has('[')) {
        parts.push(Number(tokens.take()));
        tokens.expect(']');
      }
    } while (tokens.has('.'));
    return ({ names }) => parts.map((part) => (typeof part === 'string' ? bind(part, '#', names) : part) as string);
  }

  operand(): Operand {
    const { tokens, used } = this;
    if (tokens.peek().startsWith(':')) {
      const name = tokens.take();
      used.add(name);
      return (_, { values }) => bind(name, ':', values);
    }
    if (tokens.has('size')) {
      const inner = this.inParentheses(() => this.operand());
      return (item, bound) => (inner(item, bound) as { length?: number } | undefined)?.length;
    }
    if (tokens.has('if_not_exists')) {
      return this.inParentheses(() => {
        const path = this.path();
        tokens.expect(',');
        const otherwise = this.operand();
        return (item, bound) => valueAt(item, path(bound)) ?? otherwise(item, bound);
      });
    }
    const path = this.path();
    return (item, bound) => valueAt(item, path(bound));
  }

  condition(): Test {
    let test = this.conjunction();
    while (this.tokens.has('OR')) {
      const [one, other] = [test, this.conjunction()];
      test = (item, bound) => one(item, bound) || other(item, bound);
    }
    return test;
  }

  private conjunction(): Test {
    let test = this.negation();
    while (this.tokens.has('AND')) {
      const [one, other] = [test, this.negation()];
      test = (item, bound) => one(item, bound) && other(item, bound);
    }
    return test;
  }

  private negation(): Test {
    if (this.tokens.has('NOT')) {
      const test = this.negation();
      return (item, bound) => !test(item, bound);
    }
    if (this.tokens.peek() === '(') return this.inParentheses(() => this.condition());
    return this.call() ?? this.comparison();
  }

  private call(): Test | undefined {
    const { tokens } = this;
    if (tokens.has('attribute_exists')) {
      const path = this.inParentheses(() => this.path());
      return (item, bound) => valueAt(item, path(bound)) !== undefined;
    }
    if (tokens.has('attribute_not_exists')) {
      const path = this.inParentheses(() => this.path());
      return (item, bound) => valueAt(item, path(bound)) === undefined;
    }
    const isPrefix = tokens.has('begins_with');
    if (!isPrefix && !tokens.has('contains')) return undefined;
    const [whole, part] = this.inParentheses(() => {
      const first = this.operand();
      tokens.expect(',');
      return [first, this.operand()] as const;
    });
    return (item, bound) => {
      const [held, wanted] = [whole(item, bound), part(item, bound)];
      if (Array.isArray(held)) return !isPrefix && held.some((member) => isEqual(member, wanted));
      if (typeof held !== 'string' || typeof wanted !== 'string') return false;
      return isPrefix ? held.startsWith(wanted) : held.includes(wanted);
    };
  }

  private comparison(): Test {
    const { tokens } = this;
    const left = this.operand();
    if (tokens.has('BETWEEN')) {
      const first = this.operand();
      tokens.expect('AND');
      const last = this.operand();
      return (item, bound) => {
        const value = left(item, bound);
        return (order(value, first(item, bound)) ?? -1) >= 0 && (order(value, last(item, bound)) ?? 1) <= 0;
      };
    }
    const sign = tokens.take();
    const right = this.operand();
    const compare = comparisons[sign];
    if (!compare) throw new ValidationException(`Invalid comparison ${sign}`);
    return (item, bound) => compare(left(item, bound), right(item, bound));
  }

  private inParentheses<Read>(read: () => Read): Read {
    this.tokens.expect('(');
    const inner = read();
    this.tokens.expect(')');
    return inner;
  }
}

const comparisons: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  // A missing attribute equals nothing, and so differs from every value.
  '=': (one, other) => one !== undefined && isEqual(one, other),
  '<>': (one, other) => !isEqual(one, other),
  '<': (one, other) => (order(one, other) ?? 1) < 0,
  '<=': (one, other) => (order(one, other) ?? 1) <= 0,
  '>': (one, other) => (order(one, other) ?? -1) > 0,
  '>=': (one, other) => (order(one, other) ?? -1) >= 0,
};

function bind(token: string, mark: string, given: Readonly<Record<string, unknown>>): unknown {
  if (!token.startsWith(mark)) return token;
  if (!(token in given)) throw new ValidationException(`${token} is not bound`);
  return given[token];
}

const known = new Map<string, Compiled<Test>>();

/** Reads a condition, once for all requests that have it. */
export function compileCondition(expression: string): Compiled<Test> {
  let compiled = known.get(expression);
  if (!compiled) {
    const reader = new ExpressionReader(expression);
    compiled = { meaning: reader.condition(), used: reader.used };
    if (reader.tokens.peek() !== '') throw new ValidationException(`Invalid expression: ${expression}`);
    known.set(expression, compiled);
  }
  return compiled;
}
