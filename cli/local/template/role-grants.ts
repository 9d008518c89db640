import * as z from 'zod/mini';
import type { Stack } from './stack.js';

/** Whether a role may perform an action on a resource, by the identity policies of the template. */
export type Grants = (action: string, resource: string) => boolean;

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(oneOrMore),
  NotAction: z.optional(oneOrMore),
  Resource: z.optional(oneOrMore),
  NotResource: z.optional(oneOrMore),
  Condition: z.optional(z.unknown()),
});
type Statement = z.output<typeof statement>;
const document = z.object({ Statement: z.array(statement) });
const role = z.object({ Policies: z.optional(z.array(z.object({ PolicyDocument: document }))) });
const policy = z.object({ Roles: z.optional(z.array(z.string())), PolicyDocument: document });

/** Reads the grants of every role of the stack, by the role's ARN. Managed policies and conditions are not played. */
export function readGrants(stack: Stack): ReadonlyMap<string, Grants> {
  const policies = stack.all(['AWS::IAM::Policy'], policy).map(({ properties }) => properties);
  return new Map(
    stack.all(['AWS::IAM::Role'], role).map(({ name, arn, properties }) => {
      const attached = policies.filter(({ Roles }) => Roles?.includes(name));
      const documents = [...(properties.Policies ?? []), ...attached].map(({ PolicyDocument }) => PolicyDocument);
      return [arn, grantsOf(documents.flatMap(({ Statement }) => Statement))];
    }),
  );
}

function grantsOf(statements: readonly Statement[]): Grants {
  const covers = (one: Statement, action: string, resource: string) =>
    matches(one.Action, one.NotAction, action.toLowerCase(), true) &&
    matches(one.Resource, one.NotResource, resource, false);
  return (action, resource) => {
    const fitting = statements.filter((one) => covers(one, action, resource));
    // A condition counts as met on a statement that allows, and as not met on one that denies.
    const isDenied = fitting.some(({ Effect, Condition }) => Effect === 'Deny' && Condition === undefined);
    return !isDenied && fitting.some(({ Effect }) => Effect === 'Allow');
  };
}

function matches(
  wanted: string | string[] | undefined,
  unwanted: string | string[] | undefined,
  value: string,
  ignoresCase: boolean,
): boolean {
  const fits = (pattern: string) => wildcard(ignoresCase ? pattern.toLowerCase() : pattern).test(value);
  if (unwanted !== undefined) return ![unwanted].flat().some(fits);
  return [wanted ?? []].flat().some(fits);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
