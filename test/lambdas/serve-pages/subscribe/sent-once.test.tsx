import { describe, expect, it } from '@jest/globals';
import { proofOf, stampForm } from '../../../../lambdas/serve-pages/subscribe/form-stamp.js';
import type { SendNotice } from '../../../../shared/contract/messages.js';
import { canary, keys, noon, openPages, stampIn } from '../serve-pages-fixture.js';

const choices = { hour: '7', timezone: 'Europe/Berlin', maxPapers: '10', filter: '', filterName: '' };
const valid = { ...choices, address: canary, topic: 'tables' };

const proofFor = (stamp: string) => proofOf(keys.signing, stamp) ?? '';

/** The pages behind a gateway that names the sender's address, with a form that has been open for a minute. */
async function openForm() {
  const queue: { notice: SendNotice; delaySeconds: number }[] = [];
  const pages = openPages([], {
    enqueue: async (notices, delaySeconds = 0) => {
      queue.push(...notices.map((notice) => ({ notice, delaySeconds })));
    },
  });
  const first = await pages.read('/');
  pages.clock.now += 60_000;
  const send = (fields: Record<string, string>, sourceIp = '203.0.113.7') => {
    const event = { requestContext: { http: { sourceIp } } };
    const init = { method: 'POST', body: new URLSearchParams(fields) };
    return pages.app.request('/subscribe', init, { event });
  };
  return { ...pages, queue, first, stamp: stampIn(first), send };
}

const originIn = ({ notice }: { readonly notice: SendNotice }) =>
  notice.kind === 'answer-request' ? notice.origin : undefined;

describe('a form that was sent', () => {
  it('serves once: with anything else in it, it comes back with a new stamp, and what was typed is kept', async () => {
    const { send, queue, stamp } = await openForm();
    expect((await send({ ...valid, stamp })).status).toBe(303);
    const back = await send({ ...valid, stamp, address: 'corrected@example.org' });
    const page = await back.text();
    expect([back.status, queue.length]).toEqual([422, 1]);
    expect(page).toContain('You have sent this form before. If you have changed something since');
    expect(page).toContain('value="corrected@example.org"');
    expect(page).toMatch(/value="tables" checked/);
    expect(stampIn(page)).not.toBe(stamp);
    expect((await send({ ...valid, stamp: stampIn(page), address: 'corrected@example.org' })).status).toBe(303);
    expect(queue.map(({ notice }) => 'address' in notice && notice.address)).toEqual([canary, 'corrected@example.org']);
  });

  it('may be corrected before that, as often as it is wrong, with the same stamp', async () => {
    const { send, queue, stamp } = await openForm();
    for (const address of ['', 'nobody', 'nobody@']) {
      const answer = await send({ ...valid, stamp, address });
      expect([answer.status, stampIn(await answer.text())]).toEqual([422, stamp]);
    }
    expect((await send({ ...valid, stamp })).status).toBe(303);
    expect(queue).toHaveLength(1);
  });

  it('is the same message again when it is sent again as it was, a few times, and no other', async () => {
    const { send, queue, stamp, clock } = await openForm();
    for (let time = 0; time < 9; time += 1) {
      clock.now += 1000;
      expect((await send({ ...valid, stamp })).status).toBe(303);
    }
    expect(queue).toHaveLength(6);
    expect(new Set(queue.map(({ notice }) => JSON.stringify(notice))).size).toBe(1);
  });

  it('shows its own challenge, which altcha’s solver can solve, and keeps the number when it comes back', async () => {
    const { send, stamp, first } = await openForm();
    for (const part of ['nonce', 'salt', 'prefix']) expect(first).toMatch(new RegExp(`data-${part}="[0-9a-f]{20,}"`));
    const proof = proofFor(stamp);
    const refused = await send({ ...valid, stamp, proof, address: '' });
    expect(await refused.text()).toContain(`name="proof" value="${proof}"`);
    const wrong = await send({ ...valid, stamp, proof: '12', address: '' });
    expect(await wrong.text()).toContain('name="proof" value=""');
  });

  it('is queued at once with the proof of its own stamp, and with any other waits for ten minutes', async () => {
    const { send, queue, clock } = await openForm();
    const aStamp = (name: string) => stampForm(keys.signing[0], clock.now - 60_000, name);
    const other = proofFor(aStamp('other'));
    const proofs = ['', '0', 'x', '-1', other, `${proofFor(aStamp('form5'))}0`, ` ${proofFor(aStamp('form6'))}`];
    for (const [index, proof] of proofs.entries()) {
      expect((await send({ ...valid, stamp: aStamp(`form${index}`), proof })).status).toBe(303);
    }
    expect(queue.map(({ delaySeconds }) => delaySeconds)).toEqual(proofs.map(() => 600));
    expect(queue.map((each) => originIn(each)?.lane)).toEqual(proofs.map(() => 'unproven'));
    const stamp = aStamp('mine');
    await send({ ...valid, stamp, proof: proofFor(stamp) });
    expect(queue.at(-1)).toMatchObject({ delaySeconds: 0, notice: { origin: { lane: 'proven' } } });
  });

  it('says where it came from by hashes alone, which a day later say nothing of the day before', async () => {
    const { send, queue, clock, log } = await openForm();
    const from = async (sourceIp: string, address = canary) => {
      const stamp = stampForm(keys.signing[0], clock.now - 60_000, `${queue.length}`);
      await send({ ...valid, stamp, address }, sourceIp);
      return originIn(queue.at(-1)!);
    };
    const first = await from('203.0.113.7');
    expect(await from('203.0.113.250')).toEqual(first);
    expect((await from('203.0.114.7'))?.network).not.toBe(first?.network);
    const six = await from('2001:db8:1:2::3', 'reader@gmail.com');
    expect(six).toEqual({ lane: 'unproven', network: expect.stringMatching(/^[\w-]{22}$/) });
    expect(await from('2001:0db8:0001:ffff::9', 'other@gmail.com')).toEqual(six);
    clock.now += 24 * 3_600_000;
    const later = await from('203.0.113.7');
    expect([later?.network === first?.network, later?.domain === first?.domain]).toEqual([false, false]);
    expect(JSON.stringify(queue.map(originIn))).not.toMatch(/203|113|2001|db8|example/);
    expect(log).toEqual([]);
  });

  it('is refused openly once three hundred have come from a network in a day, whatever the address', async () => {
    const { send, queue, clock } = await openForm();
    const sendAs = (number: number, sourceIp: string) =>
      send({ ...valid, stamp: stampForm(keys.signing[0], clock.now - 60_000, `f${number}`) }, sourceIp);
    for (let number = 0; number < 300; number += 1) await sendAs(number, '203.0.113.7');
    const answer = await sendAs(300, '203.0.113.8');
    expect([answer.status, queue.length]).toEqual([429, 300]);
    expect(await answer.text()).toContain('Too many requests');
    expect((await sendAs(301, '203.0.112.7')).status).toBe(303);
    expect(queue[0]?.notice).toMatchObject({ requestedAt: noon + 60_000 });
  });

  it('takes stamps of the version before, which named no form', async () => {
    const { send, queue, clock } = await openForm();
    const { signToken } = await import('../../../../shared/runtime/tokens.js');
    const claims = { subscriber: (clock.now - 60_000).toString(36), issuedOn: Math.floor(clock.now / 86_400_000) };
    expect((await send({ ...valid, stamp: signToken(keys.signing[0], 'form', claims) })).status).toBe(303);
    expect(queue).toHaveLength(1);
  });
});
