/** A rule's pattern: lists of what a field may be, nested as the event is. */
export type EventPattern = { readonly [field: string]: unknown };

/**
 * Whether an event matches a rule's pattern: exact values, prefix, suffix, exists and anything-but; an array in the event matches by
 * any of its items. Throws for a comparison that is not played. Format: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
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
