/** Reads one expression piece by piece. */
export interface Tokens {
  /** The next token without taking it; empty at the end. */
  readonly peek: () => string;
  /** Takes the next token. */
  readonly take: () => string;
  /** Takes the next token if it is this one, whatever its case. */
  readonly has: (token: string) => boolean;
  /** Takes this token or throws. */
  readonly expect: (token: string) => void;
}

/** DynamoDB's answer to an expression that it cannot read. */
export class ValidationException extends Error {
  override readonly name = 'ValidationException';
  readonly $metadata = { httpStatusCode: 400 };
}

const pattern = /\s*(#[\w-]+|:[\w-]+|[A-Za-z_][\w-]*|\d+|<>|<=|>=|[=<>(),.+\-[\]])/gy;

/** Cuts an expression into tokens. */
export function tokensOf(expression: string): Tokens {
  const tokens: string[] = [];
  pattern.lastIndex = 0;
  for (let end = 0; end < expression.trimEnd().length; end = pattern.lastIndex) {
    const found = pattern.exec(expression)?.[1];
    if (found === undefined) throw new ValidationException(`Invalid expression: ${expression}`);
    tokens.push(found);
  }
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const take = () => {
    const token = peek();
    at += 1;
    return token;
  };
  const has = (token: string) => {
    const is = peek().toUpperCase() === token.toUpperCase();
    if (is) at += 1;
    return is;
  };
  const expect = (token: string) => {
    if (!has(token)) throw new ValidationException(`Invalid expression: ${expression}; expected ${token}`);
  };
  return { peek, take, has, expect };
}
