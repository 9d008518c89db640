import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { parseAddress } from '../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { type Keys, parseKeys, secretText } from '../../shared/runtime/keys.js';
import { type ConsentRepository, consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type EditionRepository, editionRepository } from '../../shared/storage/editions-repository.js';
import { type HindsightRepository, hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { type PaperRepository, paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { type RunRepository, runRepository } from '../../shared/storage/runs-repository.js';
import { ownerOf } from '../../shared/storage/subscribers/subscriber-rows.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../shared/storage/subscribers/subscribers-repository.js';
import { type TrafficRepository, trafficRepository } from '../../shared/storage/traffic-repository.js';
import { CliError } from '../command/cli-error.js';
import type { Place } from '../command/command.js';
import type { House } from '../local/house.js';
import type { Clients, Reached } from './clients.js';

/** A Paperboy as its admin reaches it: the same whether it is deployed or in a folder of this machine. */
export interface Operator {
  readonly kind: 'local' | 'deployed';
  /** For messages: the stack's name, or the folder. */
  readonly name: string;
  /** The house's own time. */
  readonly now: () => Instant;
  /** Value of an output of the stack; throws one clear line when it has none of that name. */
  readonly output: (name: string) => string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly clients: Clients;
  readonly papers: PaperRepository;
  readonly editions: EditionRepository;
  readonly hindsights: HindsightRepository;
  readonly subscribers: SubscriberRepository;
  readonly runs: RunRepository;
  readonly traffic: TrafficRepository;
  readonly consents: ConsentRepository;
  readonly keys: () => Promise<Keys>;
  /** Whose an address is, however it is spelt; an address that cannot be one throws one clear line. */
  readonly idOf: (address: string) => Promise<SubscriberId>;
  /** A local one, at rest: its schedules and queues stand still. */
  readonly house?: House;
}

/**
 * Works on a house. One that is not there, is in use, or cannot be reached is one clear line that says what to do, and
 * nothing is made.
 */
export async function withOperator<Result>(
  place: Place | undefined,
  work: (operator: Operator) => Promise<Result>,
): Promise<Result> {
  if (place === undefined) throw new Error('the command has no place');
  // Loaded when it is needed: whoever asks a deployed stack plays no house, and the other way round.
  const opened = (reached: Reached) => work(operatorOf(reached));
  if (place.kind === 'local') return (await import('./local-house.js')).reachLocal(place, opened);
  return (await import('./deployed-house.js')).reachDeployed(place, opened);
}

/** Opens the tables of a house that was reached. */
function operatorOf({ outputs, ...reached }: Reached): Operator {
  const output = (name: string) => {
    const value = outputs(name);
    if (value === undefined)
      throw new CliError(`${reached.name} has no output ${name}: deploy this version of Paperboy`);
    return value;
  };
  const dynamo = documentClient(reached.clients.settings);
  const subscribers = subscriberRepository(dynamo, output('SubscribersTable'));
  const text = secretText(reached.clients.secrets, output('KeysSecret'));
  let known: Promise<Keys> | undefined;
  const keys = () => {
    known ??= text().then(parseKeys);
    return known;
  };
  return {
    ...reached,
    output,
    dynamo,
    papers: paperRepository(dynamo, output('PapersTable')),
    editions: editionRepository(dynamo, output('EditionsTable')),
    hindsights: hindsightRepository(dynamo, output('EditionsTable')),
    subscribers,
    runs: runRepository(dynamo, output('RunsTable')),
    traffic: trafficRepository(dynamo, output('RunsTable')),
    consents: consentRepository(dynamo, output('ConsentsTable')),
    keys,
    async idOf(address) {
      const parsed = parseAddress(address);
      if (!parsed.ok) throw new CliError(`${address}: ${parsed.message}`);
      const { identity } = await keys();
      return ownerOf(parsed, identity, (id) => subscribers.statusOf(id, reached.now()));
    },
  };
}
