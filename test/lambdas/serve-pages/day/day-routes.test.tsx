import { describe, expect, it } from '@jest/globals';
import { addDays, dayMs, startOf } from '../../../../shared/domain/calendar-date.js';
import { hashed } from '../../../../shared/domain/subscriber/seen-papers.js';
import type { DeliveryDays } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import type { SeenPapers, Subscriber, SubscriberProfile } from '../../../../shared/domain/subscriber/subscriber.js';
import { dayPageUrl } from '../../../../shared/mail/send/installation.js';
import { signToken } from '../../../../shared/runtime/tokens.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { readHtml } from '../../../mail/read-html.js';
import { aClaim, aProfile, aState, aSubscriber, day, paperId, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { keys, openPages, token } from '../serve-pages-fixture.js';

const titles = ['Wax lamps', 'Zinc', 'Lamps', 'Maps', 'More lamps', 'Lamps again'];
const papers = titles.map((title, at) => plainPaper(at, { title }));
const today = day('2026-08-07');
const linkTo = (date = today, number = 1) => dayPageUrl(keys.signing[0], '', subscriberId(number), date);
const sent: SeenPapers = { edition: today, places: [0, 4] };

/** Somebody whose topic is lamps, and of whom this is remembered. */
function aReader(seen: readonly SeenPapers[] = [sent], profile: Partial<SubscriberProfile> = {}): Subscriber {
  const topics = [{ name: 'My lamps', filter: 'lamps' }];
  return aSubscriber({ state: aState({ seen }), profile: aProfile({ topics, ...profile }) });
}

function open(reader: Subscriber = aReader(), ...editions: ReturnType<typeof editionOf>[]) {
  const given = [editionOf('2026-08-07', ...papers), ...editions];
  return openPages([reader], { editions: fakeEditionRepository(...given) });
}

const textOf = async (pages: ReturnType<typeof open>, link = linkTo()) => readHtml(await pages.read(link)).text;
const inOrder = (text: string, ...parts: string[]) => {
  const places = parts.map((part) => text.indexOf(part));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(places).not.toContain(-1);
};

describe("a reader's own page of a day", () => {
  it('shows what was in the mail, then all else that matched, each with its reason', async () => {
    const text = await textOf(open());
    inOrder(
      text,
      'Friday, 7 August 2026',
      'In your mail: 2 papers. Besides, 2 papers matched your topics.',
      'In your mail',
      'Wax lamps',
      'My lamps',
      'More lamps',
      'Also in your topics',
      'Lamps again',
    );
    expect(text).not.toContain('Zinc');
    expect(text.match(/My lamps/g)).toHaveLength(4);
  });

  it('begins with the first line of the mail', async () => {
    inOrder(await textOf(open()), '2 listed today.', 'In your mail: 2 papers.');
    const outside = { topics: [{ name: 'Zinc', filter: 'zinc' }], quietDays: 'best-unseen' as const };
    const line = 'Nothing new matched your topics today: these are the best papers outside them. 2 listed today.';
    inOrder(await textOf(open(aReader([sent], outside))), line, 'In your mail: 2 papers.');
    expect(await textOf(open(aReader([])))).not.toContain('listed today');
  });

  it('is in the order of the week for whoever gets the week’s best', async () => {
    const days = 'w5' as DeliveryDays;
    const { id, state, profile } = aReader([sent], { days });
    const weekly = { id, profile, state: { ...state, slot: slotOf('Europe/Berlin', 7, days) } };
    const gained = papers.map((paper, at) => ({ ...paper, weekGain: at === 2 ? 200 : 10 * at }));
    const editions = fakeEditionRepository(editionOf('2026-08-07', ...gained));
    const text = await textOf(openPages([weekly], { editions }));
    const line = "The week's best in your topics, those with the most upvotes in seven days first.";
    const others = ['Also in your topics', ' Lamps ', 'Lamps again'];
    inOrder(text, line, 'In your mail: 2 papers. Besides, 2 papers', 'More lamps', 'Wax lamps', ...others);
    expect(text).not.toContain('Zinc');
  });

  it('holds no address, no token, and no link that is only the reader’s', async () => {
    const page = await open().read(linkTo());
    expect(page).not.toContain('reader@example.org');
    expect(page).not.toContain('token=');
    expect(page).not.toContain(subscriberId(1));
    for (const link of readHtml(page).links)
      expect(link).toMatch(/^(https:\/\/(arxiv\.org|huggingface\.co)\/|\/(?!\/))/);
  });

  it('is kept by nobody, found by no search engine, and refers to nothing', async () => {
    const { headers } = await open().app.request(linkTo());
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('answers HEAD as GET, and changes nothing', async () => {
    const { app, writes, queue } = open();
    for (const method of ['GET', 'HEAD']) expect((await app.request(linkTo(), { method })).status).toBe(200);
    expect([writes, queue]).toEqual([[], []]);
    expect((await app.request(linkTo(), { method: 'POST' })).status).toBe(405);
  });

  it('leaves out what earlier digests had shown, and keeps what later ones did', async () => {
    const seen = [hashed(day('2026-08-05'), [paperId(2)]), sent, { edition: day('2026-08-08'), places: [0] }];
    const later = editionOf('2026-08-08', plainPaper(5, { title: 'Lamps again' }));
    const pages = open(aReader(seen), later);
    pages.clock.now += dayMs;
    expect(await textOf(pages)).toContain('In your mail: 2 papers. Besides, one paper matched your topics.');
    expect(await textOf(pages)).toContain('Lamps again');
  });

  it('says so when nothing was sent, nothing else matches, or nothing matches at all', async () => {
    expect(await textOf(open(aReader([])))).toContain('What matches your topics in this edition: 4 papers.');
    const topics = [{ name: 'Zinc', filter: 'zinc' }];
    const whole = open(aReader([{ edition: today, places: [1] }], { topics }));
    expect(await textOf(whole)).toContain('In your mail: one paper. Nothing else in this edition');
    const outside = open(aReader([{ edition: today, places: [1] }], { topics: [{ name: 'Moths', filter: 'moths' }] }));
    expect(await textOf(outside)).toContain('In your mail: one paper. Nothing in this edition matches your topics.');
    const none = open(aReader([], { topics: [{ name: 'Moths', filter: 'moths' }] }));
    expect(await textOf(none)).toContain('Nothing in this edition matches your topics.');
  });

  it('takes a digest that surely never left for none', async () => {
    const reader = aReader();
    const claim = aClaim({ isUnsent: true });
    const text = await textOf(open({ ...reader, state: { ...reader.state, claim } }));
    expect(text).toContain('What matches your topics in this edition: 4 papers.');
  });

  it('shows the hundred best of very many, and how many there are', async () => {
    const many = Array.from({ length: 130 }, (_, at) => plainPaper(at, { title: `Lamps ${at}` }));
    const pages = openPages([aReader([])], { editions: fakeEditionRepository(editionOf('2026-08-07', ...many)) });
    const text = await textOf(pages);
    expect(text).toContain('What matches your topics in this edition: 130 papers. Here are the best 100.');
    expect(text).not.toContain('Lamps 100');
  });

  it('marks what has since been withdrawn, once, whether before or after the edition was loaded', async () => {
    const editions = fakeEditionRepository(editionOf('2026-08-07', ...papers));
    await editions.noteWithdrawn([paperId(4)]);
    const pages = openPages([aReader()], { editions });
    const text = await textOf(pages);
    inOrder(text, 'More lamps', 'This paper has since been withdrawn from arXiv.', 'Also in your topics');
    expect(text.match(/withdrawn/g)).toHaveLength(1);
    await editions.noteWithdrawn([paperId(4), paperId(0)]);
    expect((await textOf(pages)).match(/withdrawn/g)).toHaveLength(2);
  });

  it('shows AI summaries only to those who did not choose against them', async () => {
    const told = plainPaper(0, { title: 'Lamps', abstract: 'We lit lamps.', aiSummary: 'Lamps were lit.' });
    const editions = fakeEditionRepository(editionOf('2026-08-07', told));
    const shown = async (profile: Partial<SubscriberProfile>) =>
      textOf(openPages([aReader([{ edition: today, places: [0] }], profile)], { editions }));
    inOrder(await shown({}), 'We lit lamps.', 'AI summary:', 'Lamps were lit.');
    expect(await shown({ aiSummaries: false })).not.toContain('Lamps were lit.');
  });

  it('opens by its own token only, and its token opens nothing else', async () => {
    const { app, read, writes } = open();
    for (const wrong of ['', 'x', token('preferences'), token('unsubscribe'), token('resubscribe')]) {
      expect((await app.request(`/day?token=${wrong}`)).status).toBe(403);
    }
    const own = linkTo().split('token=')[1];
    for (const path of ['/preferences', '/preferences/erase', '/unsubscribe', '/unsubscribe/undo']) {
      for (const method of ['GET', 'POST']) {
        expect([path, (await app.request(`${path}?token=${own}`, { method })).status]).not.toEqual([path, 200]);
      }
    }
    expect(writes).toEqual([]);
    expect(await read(`${linkTo()}x`)).toContain('This link does not work');
  });
});

describe('a page of a day that is closed', () => {
  it('tells nobody whether its reader was erased or its link is damaged', async () => {
    const { app } = open();
    const erased = await app.request(linkTo(today, 9));
    const damaged = await app.request(`${linkTo()}x`);
    expect([erased.status, damaged.status]).toEqual([403, 403]);
    expect(await erased.text()).toBe(await damaged.text());
  });

  it.each(['unsubscribed', 'suppressed', 'pending'] as const)('shows nothing of one who is %s', async (status) => {
    const reader = aReader();
    const { app } = open({ ...reader, state: { ...reader.state, status } });
    const answer = await app.request(linkTo());
    const page = await answer.text();
    expect(answer.status).toBe(410);
    expect(page).toContain('href="/editions/2026-08-07"');
    expect(page).not.toContain('lamps');
  });

  it('stays open while its reader pauses', async () => {
    const reader = aReader();
    const { app } = open({ ...reader, state: { ...reader.state, status: 'paused' } });
    expect((await app.request(linkTo())).status).toBe(200);
  });

  it('closes after fourteen days, and says where the edition is', async () => {
    const { app, clock } = open();
    clock.now = startOf(addDays(today, 13)) + dayMs - 1;
    expect((await app.request(linkTo())).status).toBe(200);
    clock.now += 1;
    const answer = await app.request(linkTo());
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('href="/editions/2026-08-07"');
  });

  it('does not exist where there was no edition, nor for a day to come', async () => {
    const { app } = open();
    expect((await app.request(linkTo(day('2026-08-06')))).status).toBe(404);
    const claims = { subscriber: subscriberId(1), issuedOn: startOf(day('2026-08-20')) / dayMs };
    expect((await app.request(`/day?token=${signToken(keys.signing[0], 'day', claims)}`)).status).toBe(403);
  });
});
