import * as z from 'zod/mini';
import type { Stack } from './stack.js';

/** What a call says of itself, by condition key, such as `ses:FromAddress`. */
export type CallContext = Readonly<Record<string, string>>;

/** Whether a role may perform an action on a resource, by the identity policies of the template. */
export type Grants = (action: string, resource: string, context?: CallContext) => boolean;

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(oneOrMore),
  NotAction: z.optional(oneOrMore),
  Resource: z.optional(oneOrMore),
  NotResource: z.optional(oneOrMore),
  Condition: z._default(z.record(z.string(), z.record(z.string(), oneOrMore)), {}),
});
type Statement = z.output<typeof statement>;
const document = z.object({ Statement: z.array(statement) });
const role = z.object({ Policies: z.optional(z.array(z.object({ PolicyDocument: document }))) });
const policy = z.object({ Roles: z.optional(z.array(z.string())), PolicyDocument: document });

/**
 * Reads the grants of every role of the stack, by the role's ARN. Throws for a condition that is not played; managed
 * policies are not.
 */
export function readGrants(stack: Stack): ReadonlyMap<string, Grants> {
  const policies = stack.all(['AWS::IAM::Policy'], policy).map(({ properties }) => properties);
  return new Map(
    stack.all(['AWS::IAM::Role'], role).map(({ name, arn, properties }) => {
      const attached = policies.filter(({ Roles }) => Roles?.includes(name));
      const documents = [...(properties.Policies ?? []), ...attached].map(({ PolicyDocument }) => PolicyDocument);
      const statements = documents.flatMap(({ Statement }) => Statement);
      const operators = statements.flatMap(({ Condition }) => Object.keys(Condition));
      const unplayed = operators.find((operator) => operator !== 'StringEquals');
      if (unplayed === undefined) return [arn, grantsOf(statements)];
      throw new Error(`the role ${name} has the condition ${unplayed}, which the local runner does not play`);
    }),
  );
}

function grantsOf(statements: readonly Statement[]): Grants {
  const covers = (one: Statement, action: string, resource: string) =>
    matches(one.Action, one.NotAction, action.toLowerCase(), true) &&
    matches(one.Resource, one.NotResource, resource, false);
  return (action, resource, context = {}) => {
    const fitting = statements.filter((one) => covers(one, action, resource) && isMet(one.Condition, context));
    return fitting.every(({ Effect }) => Effect === 'Allow') && fitting.length > 0;
  };
}

/** Every key must have one of its values; one that the call does not state is not met. */
function isMet({ StringEquals = {} }: Statement['Condition'], context: CallContext): boolean {
  return Object.entries(StringEquals).every(([key, values]) => {
    const stated = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
    return stated !== undefined && [values].flat().includes(stated[1]);
  });
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
