/** What intrinsic functions ask of the stack around them. */
export interface Scope {
  ref(id: string): unknown;
  attribute(id: string, name: string): unknown;
  condition(name: string): boolean;
}

/** What `AWS::NoValue` resolves to: the property is left out. */
const noValue = Symbol('AWS::NoValue');

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (id, scope) => (id === 'AWS::NoValue' ? noValue : scope.ref(String(id))),
  Condition: (name, scope) => scope.condition(String(name)),
  'Fn::GetAtt': (argument, scope) => {
    const [id = '', ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.attribute(id, name.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    return (resolve(parts, scope) as unknown[]).map(String).join(separator);
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text, scope)).split(separator);
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = argument as [unknown, unknown];
    return (resolve(list, scope) as unknown[])[Number(resolve(index, scope))];
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return resolve(scope.condition(name) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = resolve(argument, scope) as [unknown, unknown];
    return left === right;
  },
  'Fn::And': (argument, scope) => (resolve(argument, scope) as unknown[]).every(Boolean),
  'Fn::Or': (argument, scope) => (resolve(argument, scope) as unknown[]).some(Boolean),
  'Fn::Not': (argument, scope) => !(resolve(argument, scope) as unknown[])[0],
};

function substitute(argument: unknown, scope: Scope): string {
  const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in given) return String(resolve(given[name], scope));
    const [id = '', ...attribute] = name.split('.');
    return String(attribute.length > 0 ? scope.attribute(id, attribute.join('.')) : scope.ref(id));
  });
}

/** Replaces every intrinsic function in a value; throws for one that is not played. Format: CloudFormation's template reference. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
    const call = functions[name];
    // A policy statement's own `Condition` holds an object; the intrinsic of that name holds a text.
    if (call && (name !== 'Condition' || typeof argument === 'string')) return call(argument, scope);
    if (!call) throw new Error(`the template uses ${name}, which the local runner does not resolve`);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)] as const).filter(([, item]) => item !== noValue),
  );
}
