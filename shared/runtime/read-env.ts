import type { Env, EnvSpec } from '../contract/env.js';

/** Reads a function's environment once, at cold start; an error names every variable that is missing or wrong. */
export function readEnv<Spec extends EnvSpec>(spec: Spec, from: NodeJS.ProcessEnv = process.env): Env<Spec> {
  const problems: string[] = [];
  const values = Object.entries(spec).map(([name, read]) => {
    try {
      const value = from[name];
      if (value === undefined) throw new Error('is not set');
      return [name, read(value)];
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new Error(`environment: ${problems.join('; ')}`);
  return Object.fromEntries(values) as Env<Spec>;
}
