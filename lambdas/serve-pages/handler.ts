import { handle } from 'hono/aws-lambda';
import { readEnv } from '../../shared/runtime/read-env.js';
import { servePagesDependencies } from './dependencies.js';
import { servePagesEnv } from './env.js';
import { servePages } from './serve-pages.js';

export const handler = handle(servePages(servePagesDependencies(readEnv(servePagesEnv))));
