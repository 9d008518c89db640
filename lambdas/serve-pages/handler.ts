import { handle } from 'hono/aws-lambda';
import { readEnv } from '../../shared/runtime/read-env.js';
import { aws, freshPagesDependencies, servePagesDependencies } from './dependencies.js';
import { servePagesEnv } from './env.js';
import { freshPages } from './fresh-pages.js';
import { servePages } from './serve-pages.js';

const env = readEnv(servePagesEnv);
const outside = aws();
const open = () => servePages(servePagesDependencies(env, outside));

export const handler = handle(freshPages(open, freshPagesDependencies(env, outside)));
