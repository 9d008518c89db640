import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { handle } from 'hono/aws-lambda';
import { catalogue } from '../../shared/domain/catalogue.js';
import { keysFrom } from '../../shared/runtime/keys.js';
import { logger } from '../../shared/runtime/logger.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { documentClient } from '../../shared/storage/dynamo.js';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers-repository.js';
import { servePagesEnv } from './env.js';
import { servePages } from './serve-pages.js';

const env = readEnv(servePagesEnv);
const dynamo = documentClient();

export const handler = handle(
  servePages({
    editions: editionRepository(dynamo, env.EDITIONS_TABLE),
    subscribers: subscriberRepository(dynamo, env.SUBSCRIBERS_TABLE),
    keys: keysFrom(new SecretsManagerClient(), env.KEYS_SECRET),
    catalogue,
    contact: env.CONTACT,
    warn: (message, what) => logger.warn(message, { ...what }),
    now: Date.now,
  }),
);
