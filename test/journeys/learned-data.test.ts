import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { hourMs } from '../../shared/domain/calendar-date.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { rawItems } from '../storage/raw-items.js';
import { aProfile, day, instant } from '../support/builders.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from './opened-house.js';

jest.setTimeout(240_000);

const [before, after] = ['before@example.org', 'after@example.org'];
const abstract =
  'Kites of paper glow at night above a harbour. We count for how long each of them glows, and ask what becomes of those ' +
  'that nobody holds by a line. Half of them come down before morning, and most are found by those who flew them.';
const ownEntry = `@article{own, title={Paper kites at night}, abstract={${abstract}}}`;

interface Exported {
  readonly learnedTopics: readonly {
    readonly name: string;
    readonly struck: readonly string[];
    readonly examples: readonly { readonly title: string; readonly words: Readonly<Record<string, number>> }[];
  }[];
}

describe('what somebody has named and struck', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  beforeAll(async () => {
    made = synthesizeOnce();
    opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
    await opened.welcome([aProfile({ address: before, topics: [{ name: 'Agents', filter: 'agents' }] })]);
    await opened.passTime(instant('2026-08-06T05:15'));
  });
  afterAll(async () => {
    await opened.close();
    made.remove();
  });

  async function linkIn(address: string, part: string): Promise<string> {
    const mail = opened.house
      .mails()
      .filter(({ to }) => to.includes(address))
      .at(-1);
    const { text = '' } = mail ? await readMail(mail.raw) : {};
    const found = text.match(new RegExp(`http\\S*${part}\\S*`))?.[0];
    if (!found) throw new Error(`no mail with a link with ${part}`);
    return found;
  }

  async function post(link: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    await opened.house.settle();
    return answer;
  }

  const at = async (address: string, path: string) =>
    (await linkIn(address, '/preferences')).replace('/preferences', path);
  const exportOf = async (address: string) =>
    (await (await post(await at(address, '/preferences/export'))).json()) as Exported;
  /** Keys of all items that are of a subscriber, or name one. */
  async function ownItems(): Promise<readonly string[]> {
    const items = await rawItems(documentClient(opened.client), opened.house.output('SubscribersTable'));
    const ids = [before, after].map((address) => opened.idOf(address));
    return items.flatMap(({ pk, sk }) => (ids.some((id) => `${pk} ${sk}`.includes(id)) ? [`${pk} ${sk}`] : []));
  }

  it('is in the export: examples, the words of each with how often they occur, and edits; no abstract', async () => {
    const learned = await at(before, '/learned');
    const begun = await post(learned, { do: 'begin', papers: ownEntry });
    await post(new URL(begun.headers.get('location') ?? '', learned).href, { strike: 'harbour' });
    const exported = await exportOf(before);
    expect(exported.learnedTopics).toMatchObject([
      {
        name: 'Like Paper kites at night',
        struck: ['harbour'],
        examples: [{ title: 'Paper kites at night', liked: true, words: { harbour: 1, 'paper kite': 2 } }],
      },
    ]);
    expect(JSON.stringify(exported)).not.toContain('glow at night');
  });

  it('comes along to another address, and leaves nothing at the old one', async () => {
    const { learnedTopics } = await exportOf(before);
    await post(await at(before, '/preferences/address'));
    await post(await linkIn(before, '/address'), { address: after });
    await post(await linkIn(after, '/confirm'));
    await opened.passTime(instant('2026-08-07T05:30'));
    expect((await exportOf(after)).learnedTopics).toEqual(learnedTopics);
    const items = await ownItems();
    expect(items.filter((item) => item.includes(opened.idOf(before)))).toEqual([]);
    expect(items).toContain(`${opened.idOf(after)} examples#0`);
  });

  it('is gone when everything is erased', async () => {
    await post(await at(after, '/preferences/erase'));
    await opened.passTime(opened.clock.now() + 2 * hourMs);
    expect(await ownItems()).toEqual([]);
  });
});
