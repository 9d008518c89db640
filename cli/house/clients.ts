import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { House } from '../local/house.js';

/** How every SDK client of an operator is made; those that are not among `Clients` are made with these settings. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: NonNullable<SecretsManagerClientConfig['credentials']>;
  /** In milliseconds: an admin who waits wants to know soon that nobody answers. */
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

/** SDK clients with the operator's credentials, each made when it is first asked for. */
export interface Clients {
  readonly settings: ClientSettings;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
  /** Sends each mail once: a repeated request could be a second mail. */
  readonly ses: SESClient;
}

/** A house that answers, before its tables are opened. */
export interface Reached {
  readonly kind: 'local' | 'deployed';
  readonly name: string;
  readonly now: () => Instant;
  readonly clients: Clients;
  readonly outputs: (name: string) => string | undefined;
  readonly house?: House;
}

/** How long a connection may take, and an answer. */
export const patience = { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true } as const;

/** The clients that have these settings. */
export function clientsWith(settings: ClientSettings): Clients {
  const made: { secrets?: SecretsManagerClient; sqs?: SQSClient; ses?: SESClient } = {};
  return {
    settings,
    get secrets() {
      made.secrets ??= new SecretsManagerClient(settings);
      return made.secrets;
    },
    get sqs() {
      made.sqs ??= new SQSClient(settings);
      return made.sqs;
    },
    get ses() {
      made.ses ??= new SESClient({ ...settings, maxAttempts: 1 });
      return made.ses;
    },
  };
}
