import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log of a function; ids only, never an address or a token. */
export const logger = new Logger({ serviceName: 'paperboy' });
