import { metricsService, serviceVariable } from '../contract/metrics.js';

type Level = 'INFO' | 'WARN' | 'ERROR';

/** Structured log of a function, a line of JSON each; ids only, never an address or a token. */
export const logger = {
  info: (message: string, what: Record<string, unknown>) => write('INFO', message, what),
  warn: (message: string, what: Record<string, unknown>) => write('WARN', message, what),
  error: (message: string, what: Record<string, unknown>) => write('ERROR', message, what),
};

function write(level: Level, message: string, what: Record<string, unknown>): void {
  if (process.env.POWERTOOLS_LOG_LEVEL === 'SILENT') return;
  const line = {
    level,
    message,
    timestamp: new Date().toISOString(),
    service: process.env[serviceVariable] ?? metricsService,
    xray_trace_id: /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1],
    ...what,
  };
  // Not by `console`: Lambda puts words of its own in front of what that says, and the line would no longer be JSON.
  process.stdout.write(`${JSON.stringify(line, withErrors)}\n`);
}

/** JSON has nothing to say of an error, whose properties it passes over. */
function withErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause !== undefined && { cause }) };
}
