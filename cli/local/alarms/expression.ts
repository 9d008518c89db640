/** A value within one period; `undefined` where nothing was measured. */
type Value = number | undefined;
type Values = Readonly<Record<string, Value>>;

/** Computes what an expression says of its metrics, by their ids. */
export type Expression = (values: Values) => Value;

const known = (values: readonly Value[]) => values.filter((value) => value !== undefined);
const functions: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
};

/**
 * Reads a metric math expression of numbers, ids, `*`, `/` and SUM, MAX or MIN over `METRICS()` or a list; what was not
 * measured is left out of a function's list. Throws for anything else. Format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function readExpression(text: string): Expression {
  const tokens = text.match(/\d+(?:\.\d+)?|METRICS\(\)|\w+|[^\s\w]/g) ?? [];
  const unplayed = () => new Error(`the local runner does not play the metric math ${text}`);
  const take = (wanted: string) => {
    if (tokens.shift() !== wanted) throw unplayed();
  };
  function product(): Expression {
    let left = atom();
    while (tokens[0] === '*' || tokens[0] === '/') {
      const isDivision = tokens.shift() === '/';
      const [dividend, right] = [left, atom()];
      left = (values) => combine(dividend(values), right(values), isDivision);
    }
    return left;
  }
  function atom(): Expression {
    const token = tokens.shift() ?? '';
    const compute = functions[token];
    if (compute) {
      take('(');
      const list = listed();
      take(')');
      return (values) => (known(list(values)).length === 0 ? undefined : compute(known(list(values))));
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (/^[a-z]\w*$/.test(token)) return (values) => values[token];
    throw unplayed();
  }
  function listed(): (values: Values) => readonly Value[] {
    if (tokens[0] === 'METRICS()') {
      tokens.shift();
      return (values) => Object.values(values);
    }
    const items: Expression[] = [];
    take('[');
    do items.push(product());
    while (tokens[0] === ',' && tokens.shift());
    take(']');
    return (values) => items.map((item) => item(values));
  }
  const whole = product();
  if (tokens.length > 0) throw unplayed();
  return whole;
}

function combine(left: Value, right: Value, isDivision: boolean): Value {
  if (left === undefined || right === undefined) return undefined;
  return isDivision ? left / right : left * right;
}
