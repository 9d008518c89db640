import type { HouseClock } from './clock.js';
import type { SendQuota } from './mail/send-quota.js';
import type { CloudFormationTemplate } from './template/template.js';

/** What a house is opened with. */
export interface HouseOptions {
  readonly template: CloudFormationTemplate;
  /** The `cdk.out` folder with the functions' code. */
  readonly assembly: string;
  /** Keeps the state across processes; without it everything is in memory. */
  readonly dataDir?: string;
  readonly clock: HouseClock;
  /** Opens tables and secrets only: what waits in the queues goes on waiting. */
  readonly isAtRest?: boolean;
  /** Replaces variables that a function has; others are not given to it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Texts of secrets that the template names but does not make, by ARN; they are kept in memory alone. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Addresses and domains that may send, beside the template's own identities. */
  readonly identities?: readonly string[];
  readonly sendQuota?: SendQuota;
  /** Takes each line that a function writes. */
  readonly log?: (line: string) => void;
}
