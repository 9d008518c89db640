import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { arnOf, place } from '../template/physical.js';
import type { Stack } from '../template/stack.js';
import { readSchedule, type Schedule } from './schedule.js';

/** An event before the bus puts it in its envelope. */
export interface Happening {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
}

/** Hands an event to the target of a rule; it is durable when this returns. */
export type Deliver = (target: RuleTarget, event: unknown, rule: RuleName) => void;

/** A rule by its own name, and the name of its bus if that is not the default one. */
export interface RuleName {
  readonly name: string;
  readonly bus?: string;
}

/** The event buses and schedules of a stack. */
export interface Rules {
  /** ARNs of the buses, including the default one. */
  readonly buses: readonly string[];
  /** Hands an event to every target whose rule matches it; returns the event's id. */
  publish(busArn: string, happening: Happening, at: Instant): string;
  nextScheduled(after: Instant): Instant;
  /** Fires every schedule that is due at exactly this instant. */
  fireDue(at: Instant): void;
  /** Fires every schedule of the functions whose logical id starts with this; throws when there is none. */
  fire(functionId: string, at: Instant): void;
}

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
  SqsParameters: z.optional(z.object({ MessageGroupId: z.string() })),
  DeadLetterConfig: z.optional(z.object({ Arn: z.string() })),
  Input: z.optional(z.string()),
  InputPath: z.optional(z.string()),
  InputTransformer: z.optional(z.undefined('the local runner does not play input transformers')),
});
const ruleProperties = z.object({
  EventBusName: z._default(z.string(), 'default'),
  EventPattern: z.optional(z.record(z.string(), z.unknown())),
  ScheduleExpression: z.optional(z.string()),
  State: z._default(z.string(), 'ENABLED'),
  Targets: z._default(z.array(target), []),
});
/** Where a rule sends its events. */
export type RuleTarget = z.output<typeof target>;
interface ScheduledRule {
  readonly name: string;
  readonly arn: string;
  readonly schedule: Schedule;
  readonly targets: readonly RuleTarget[];
}

export interface RulesDeps {
  /** Logical ids of the functions that a target starts, directly or by a queue. */
  readonly functionsBehind: (targetArn: string) => readonly string[];
  readonly deliver: Deliver;
}

/** Reads the rules of the stack. */
export function openRules(stack: Stack, { functionsBehind, deliver }: RulesDeps): Rules {
  const rules = stack
    .all(['AWS::Events::Rule'], ruleProperties)
    .filter(({ properties }) => properties.State === 'ENABLED');
  const scheduled = rules.flatMap(({ name, arn, properties: { ScheduleExpression, Targets } }): ScheduledRule[] =>
    ScheduleExpression === undefined
      ? []
      : [{ name, arn, schedule: readSchedule(ScheduleExpression), targets: Targets }],
  );
  const fireRule = ({ name, arn, targets }: ScheduledRule, at: Instant) => {
    const happening = { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [arn] };
    const event = eventOf(happening, at);
    for (const one of targets) deliver(one, inputOf(one, event), { name });
  };
  return {
    buses: [busArnOf('default'), ...stack.all(['AWS::Events::EventBus'], z.unknown()).map(({ arn }) => arn)],
    publish(busArn, happening, at) {
      const event = eventOf(happening, at);
      for (const { name, properties } of rules) {
        const { EventBusName, EventPattern, Targets } = properties;
        if (!EventPattern || busArnOf(EventBusName) !== busArn || !matchesPattern(EventPattern, event)) continue;
        for (const one of Targets)
          deliver(one, inputOf(one, event), { name, ...(EventBusName !== 'default' && { bus: EventBusName }) });
      }
      return event.id;
    },
    nextScheduled: (after) => Math.min(...scheduled.map(({ schedule }) => schedule(after))),
    fireDue(at) {
      for (const rule of scheduled) if (rule.schedule(at - 1) === at) fireRule(rule, at);
    },
    fire(functionId, at) {
      const isMeant = ({ Arn }: RuleTarget) => functionsBehind(Arn).some((id) => id.startsWith(functionId));
      const meant = scheduled.filter(({ targets }) => targets.some(isMeant));
      if (meant.length === 0) throw new Error(`the template has no schedule for a function ${functionId}`);
      for (const rule of meant) fireRule(rule, at);
    },
  };
}

/** A bus may be given by its name or its ARN. */
export function busArnOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf('events', `event-bus/${nameOrArn}`);
}

function eventOf({ source, detailType, detail, resources = [] }: Happening, at: Instant) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: place.account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources,
    detail,
  };
}

function inputOf({ Input, InputPath }: RuleTarget, event: unknown): unknown {
  if (Input !== undefined) return JSON.parse(Input);
  const fields =
    InputPath?.replace(/^\$\.?/, '')
      .split('.')
      .filter(Boolean) ?? [];
  return fields.reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], event);
}

/** A rule's pattern: lists of allowed values, nested like the event. */
type EventPattern = { readonly [field: string]: unknown };

/**
 * Whether an event matches a rule's pattern: exact values, prefix, suffix, exists and anything-but; an array in the
 * event matches by any of its items. Throws for a comparison that is not played. Format:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  const fields = isObject(event) ? event : {};
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = fields[field];
    if (!Array.isArray(wanted)) return matchesPattern(wanted as EventPattern, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((one) => values.some((candidate) => fits(one, candidate)));
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(wanted: unknown, value: unknown): boolean {
  if (!isObject(wanted)) return value === wanted;
  const [comparison, operand] = Object.entries(wanted)[0] ?? [];
  if (comparison === 'exists') return (value !== undefined) === operand;
  if (comparison === 'prefix') return typeof value === 'string' && value.startsWith(String(operand));
  if (comparison === 'suffix') return typeof value === 'string' && value.endsWith(String(operand));
  if (comparison === 'anything-but' && !isObject(operand))
    return value !== undefined && ![operand].flat().includes(value);
  throw new Error(`an event pattern compares by ${JSON.stringify(wanted)}, which the local runner does not play`);
}
