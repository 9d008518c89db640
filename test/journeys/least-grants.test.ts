import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Template } from '../../infra/synthesize.js';
import { arxivGroup, type Backfill } from '../../shared/contract/messages.js';
import { jobQueue } from '../../shared/runtime/job-queue.js';
import { plainName } from '../infra/synthesized.js';
import { aProfile, day } from '../support/builders.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(180_000);

const date = day('2026-08-07');
const agents = [{ name: 'Agents', filter: 'agents' }];
const reader = aProfile({ topics: agents, timeZone: 'UTC', hour: 5 });
const bouncing = aProfile({ address: 'bounce@simulator.amazonses.com', topics: agents, timeZone: 'UTC', hour: 6 });

describe('the grants of the template', () => {
  let made: Synthesized;
  let opened: OpenedHouse | undefined;
  beforeAll(() => {
    made = synthesizeOnce();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(() => made.remove());

  const open = async (template: Template) => {
    opened = await openAt(date, { template, assembly: made.assembly });
    await opened.welcome([reader, bouncing]);
    return opened;
  };

  it('suffice for a whole day', async () => {
    const { play, house } = await open(made.template);
    expect(await play(date, [reader, bouncing])).toMatchObject({ candidates: 2, sent: 2 });
    expect(house.failures()).toEqual([]);
  });

  it('are all that score-trends has: without PutEvents its event is refused, by name', async () => {
    const { passTime, clock, house } = await open(without('ScoreTrends', 'events:PutEvents', made.template));
    await passTime(clock.now());
    const [refused, failed] = house.failures();
    expect(refused).toMatch(/^ScoreTrends\w* may not events:PutEvents on arn:aws:events:.*event-bus\/PaperboyEvents/);
    expect(failed).toMatch(/^ScoreTrends\w* failed: AccessDeniedException/);
  });

  it('are all that plan-digests has: without UpdateItem it cannot seal the edition, and plans nobody', async () => {
    const { house, clock, passTime, runs } = await open(without('PlanDigests', 'dynamodb:UpdateItem', made.template));
    await passTime(clock.now());
    expect(house.failures()[0]).toMatch(
      /^PlanDigests\w* may not dynamodb:UpdateItem on arn:aws:dynamodb:.*table\/Editions/,
    );
    expect(house.mails()).toEqual([]);
    expect(await runs.balance(date)).toMatchObject({ candidates: 0 });
  });

  it('are all that ingest-papers has: without SendMessage a backfill cannot ask for its next piece', async () => {
    const { house, client } = await open(without('IngestPapers', 'sqs:SendMessage', made.template));
    const ask = jobQueue<Backfill>(new SQSClient(client), house.output('IngestQueue'), arxivGroup);
    await ask([{ kind: 'backfill', id: 'one', from: day('2026-08-05'), to: day('2026-08-06') }]);
    await house.settle();
    expect(house.failures()[0]).toMatch(/^IngestPapers\w* may not sqs:SendMessage on arn:aws:sqs:.*:IngestPapersQueue/);
  });

  it('are all that record-mail-events has: without UpdateItem nobody is suppressed', async () => {
    const cut = without('RecordMailEvents', 'dynamodb:UpdateItem', made.template);
    const { play, house, subscribe, subscribers } = await open(cut);
    await play(date, [reader, bouncing]);
    const refusals = house.failures().filter((line) => line.includes(' may not '));
    expect(refusals[0]).toMatch(/^RecordMailEvents\w* may not dynamodb:UpdateItem on arn:aws:dynamodb:.*table\/Runs/);
    const [bounced] = await subscribers.load([await subscribe(bouncing, 0)]);
    expect(bounced?.state.status).toBe('active');
  });
});

type Policy = {
  Roles: unknown;
  PolicyDocument: { Statement: { Action: string | string[] }[] };
};

/** The template with one action taken from one function's policy; throws when it was not there. */
function without(lambda: string, action: string, template: Template): Template {
  const copy = structuredClone(template);
  let taken = 0;
  for (const [id, { Type, Properties }] of Object.entries(copy.Resources)) {
    if (Type !== 'AWS::IAM::Policy' || !plainName(id).startsWith(lambda)) continue;
    for (const statement of (Properties as unknown as Policy).PolicyDocument.Statement) {
      const actions = [statement.Action].flat();
      taken += actions.filter((one) => one === action).length;
      statement.Action = actions.filter((one) => one !== action);
    }
  }
  if (taken === 0) throw new Error(`${lambda} was never granted ${action}`);
  return copy;
}
