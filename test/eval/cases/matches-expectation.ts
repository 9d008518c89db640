const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether an answer has what is expected of it: objects as subsets, lists of the same length element by element,
 * `{"$not": …}` what does not match, `{"$matches": "regex"}` a text; everything else must be the same.
 */
export function matchesExpectation(expected: unknown, answer: unknown): boolean {
  if (Array.isArray(expected)) {
    const isAlike = Array.isArray(answer) && answer.length === expected.length;
    return isAlike && expected.every((each, index) => matchesExpectation(each, answer[index]));
  }
  if (!isObject(expected)) return Object.is(expected, answer);
  if ('$not' in expected) return !matchesExpectation(expected.$not, answer);
  if ('$matches' in expected) return typeof answer === 'string' && new RegExp(String(expected.$matches)).test(answer);
  return isObject(answer) && Object.entries(expected).every(([key, each]) => matchesExpectation(each, answer[key]));
}
