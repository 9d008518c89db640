import * as z from 'zod/mini';
import { resolve, type Scope } from './intrinsics.js';
import { type Addresses, type Physical, physicalOf, place } from './physical.js';
import { type CloudFormationTemplate, refuseUnplayed } from './template.js';

/** A resource with its names and its resolved properties. */
export type StackResource<Properties> = Physical & { readonly id: string; readonly properties: Properties };

/** A template on this machine: every name, address and intrinsic function is resolved. */
export interface Stack {
  /** Every resource of these types, in the template's order, its properties parsed by the schema. */
  all<Schema extends z.core.$ZodType>(
    types: readonly string[],
    schema: Schema,
  ): readonly StackResource<z.output<Schema>>[];
  /** The value of an output; throws for a name that the template does not have. */
  output(name: string): string;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': place.account,
  'AWS::Partition': place.partition,
  'AWS::Region': place.region,
};

/** Reads a template; throws when it has something that is not played. */
export function readStack({ Resources, Outputs }: CloudFormationTemplate, addresses: Addresses): Stack {
  refuseUnplayed(Resources);
  const { scope, physical } = nameResources(Resources, addresses);
  return {
    all: (types, schema) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => types.includes(Type))
        .map(([id, { Type, Properties }]) => {
          const { success, data, error } = z.safeParse(schema, resolve(Properties ?? {}, scope));
          if (success) return { ...physical(id), id, properties: data };
          throw new Error(`${Type} (${id}) is not as the local runner plays it: ${z.prettifyError(error)}`);
        }),
    output(name) {
      const output = Outputs?.[name];
      if (!output) throw new Error(`the template has no output ${name}`);
      return String(resolve(output.Value, scope));
    },
  };
}

function nameResources(
  resources: CloudFormationTemplate['Resources'],
  addresses: Addresses,
): { readonly scope: Scope; readonly physical: (id: string) => Physical } {
  const known = new Map<string, Physical>();
  const scope: Scope = {
    ref: (id) => pseudoParameters[id] ?? physical(id).ref,
    attribute(id, name) {
      const value = physical(id).attributes[name];
      if (value === undefined) throw new Error(`the local runner does not know the attribute ${name} of ${id}`);
      return value;
    },
  };
  function physical(id: string): Physical {
    const resource = resources[id];
    if (!resource) throw new Error(`the template refers to ${id}, which it does not have`);
    const name = known.get(id) ?? physicalOf(id, resource, namesIn(resource.Properties), addresses);
    known.set(id, name);
    return name;
  }
  // Only names: other properties may lead back to the resource that is being named.
  const namesIn = (properties: Readonly<Record<string, unknown>> = {}) => {
    const isPlain = (name: string) => name.endsWith('Name') || ['EmailIdentity', 'FifoQueue'].includes(name);
    const names = Object.entries(properties).filter(([name]) => isPlain(name));
    return Object.fromEntries(names.map(([name, value]) => [name, resolve(value, scope)]));
  };
  return { scope, physical };
}
