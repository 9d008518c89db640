import { Logger } from '@aws-lambda-powertools/logger';
import { metricsService, serviceVariable } from '../contract/metrics.js';

let made: Logger | undefined;

/** Opens the standard output, which a function that has nothing to say need not wait for. */
function opened(): Logger {
  made ??= new Logger({ serviceName: process.env[serviceVariable] ?? metricsService });
  return made;
}

/** Structured log of a function; ids only, never an address or a token. */
export const logger = {
  info: (message: string, what: Record<string, unknown>) => opened().info(message, what),
  warn: (message: string, what: Record<string, unknown>) => opened().warn(message, what),
  error: (message: string, what: Record<string, unknown>) => opened().error(message, what),
};
