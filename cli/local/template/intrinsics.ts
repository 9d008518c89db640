/** What intrinsic functions need from the stack around them. */
export interface Scope {
  ref(id: string): string;
  attribute(id: string, name: string): string;
}

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => string | readonly string[]>> = {
  Ref: (id, scope) => scope.ref(String(id)),
  'Fn::GetAtt': (argument, scope) => {
    const [id = '', ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.attribute(id, name.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    return (resolve(parts, scope) as unknown[]).map(String).join(separator);
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = argument as [string | number, unknown];
    const item = (resolve(list, scope) as unknown[])[Number(index)];
    if (item === undefined) throw new Error(`the template selects item ${index} of a list that has none`);
    return String(item);
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text, scope)).split(separator);
  },
  // CDK writes the form without a map, and with pseudo parameters alone.
  'Fn::Sub': (argument, scope) => {
    if (typeof argument !== 'string') {
      throw new Error('the template uses Fn::Sub with a map, which the local runner does not resolve');
    }
    return argument.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => scope.ref(name));
  },
};

/**
 * Replaces every intrinsic function in a value; throws for one that is not played. Format: CloudFormation's template
 * reference.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const call = functions[name];
    if (!call) throw new Error(`the template uses ${name}, which the local runner does not resolve`);
    return call(argument, scope);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, scope)]));
}
