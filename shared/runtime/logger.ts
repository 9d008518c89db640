import { Logger } from '@aws-lambda-powertools/logger';
import { metricsService, serviceVariable } from '../contract/metrics.js';

/** Structured log of a function; ids only, never an address or a token. */
export const logger = new Logger({ serviceName: process.env[serviceVariable] ?? metricsService });
