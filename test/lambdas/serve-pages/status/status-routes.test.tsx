import { describe, expect, it } from '@jest/globals';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import { aBalance, anEdition, day, instant, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { openPages } from '../serve-pages-fixture.js';

const at = instant('2026-08-07T11:05');
const berlin = slotOf('Europe/Berlin', 7);
const people = Array.from({ length: 37 }, (_, index) => subscriberId(index + 1));

async function opened() {
  const dates = ['2026-08-07', '2026-08-06', '2026-08-04', '2026-08-03'];
  const editions = fakeEditionRepository(
    ...dates.map((date) => anEdition({ date: day(date), publishedAt: instant(`${date}T05:09`) })),
  );
  const pages = openPages([], { editions });
  await pages.papers.noteHealth({
    source: 'hugging-face',
    status: 'fresh',
    at,
    newestDay: day('2026-08-07'),
    rejected: 0,
  });
  await pages.papers.noteHealth({ source: 'arxiv', status: 'quiet', at, newestDay: day('2026-08-06'), rejected: 0 });
  /** Plans the run of a date for 37 people, and brings it to an end or not. */
  const run = async (date: string, isEnded: boolean) => {
    await pages.runs.openBatch({ run: day(date), slot: berlin, seq: 0, subscribers: people }, at);
    if (!isEnded) return;
    const balance = aBalance(37, { open: 0, sent: 37 });
    const accounting = { balance, uncertain: [], broken: 0, quotaStops: 0 };
    await pages.runs.replaceBalance(day(date), `${berlin}#0000`, accounting, at);
  };
  /** What the page says, as text; of a day what stands below it. */
  const text = async () => (await pages.read('/status')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  const ofDay = async (weekday: string) =>
    new RegExp(`${weekday}, \\d August 2026 (?!\\d|<)(.*?) (?=\\w+day, )`).exec(await text())?.[1];
  return { ...pages, run, text, ofDay };
}

describe('the page that says whether everything works', () => {
  it('says so while it does', async () => {
    const { text } = await opened();
    expect(await text()).toContain('Everything is working.');
  });

  it('tells of each source how it does, when it was asked, and what is the newest that it has', async () => {
    const { text, papers } = await opened();
    expect(await text()).toContain(
      'Hugging Face It answers, and has listed papers today. Last asked: Friday, 7 August 2026, 11:05.',
    );
    expect(await text()).toContain(
      'arXiv It answers; when last asked, it had nothing new for the day. Its newest papers are of Thursday, 6 August 2026.',
    );
    const lastAnswerAt = instant('2026-08-05T23:05');
    await papers.noteHealth({
      source: 'arxiv',
      status: 'down',
      at,
      lastAnswerAt,
      rejected: 0,
      note: 'HTTP 503 from 10.0.0.1',
    });
    expect(await text()).toContain('Something is not working as it should. arXiv does not answer.');
    expect(await text()).toContain('It does not answer. Its last answer came on Wednesday, 5 August 2026, 23:05.');
    expect(await text()).not.toContain('503');
    await papers.noteHealth({ source: 'arxiv', status: 'stale', at, newestDay: day('2026-08-01'), rejected: 0 });
    expect(await text()).toContain('arXiv has listed nothing new for days.');
  });

  it('tells of each day when its edition came out and how far its digests have come, without counting anybody', async () => {
    const { run, text, ofDay } = await opened();
    await run('2026-08-07', false);
    await run('2026-08-06', true);
    await run('2026-08-03', false);
    expect(await ofDay('Friday')).toContain(
      'The edition came out at 05:09 with 1 paper. Some digests are still on their way.',
    );
    expect(await ofDay('Thursday')).toContain('with 1 paper. Its digests are complete.');
    expect(await ofDay('Wednesday')).toBe('No edition came out.');
    expect(await ofDay('Tuesday')).toContain('No digest was due.');
    expect(await ofDay('Monday')).toContain('Not every digest went out.');
    expect(await text()).not.toContain('37');
    expect(await text()).not.toMatch(/\d{4}-\d\d/);
  });

  it('says that sending is paused when that was the admin’s word, and nothing of bounces', async () => {
    const { text, traffic, run } = await opened();
    await run('2026-08-07', false);
    await traffic.halt('digests', at, 'admin');
    expect(await text()).toContain('We have paused sending for now.');
    expect(await text()).toContain('Some digests are waiting, because sending is paused.');
    expect(await text()).not.toContain('halted');
  });

  it('says that sending is halted, and that digests wait for it', async () => {
    const { run, text, traffic } = await opened();
    await run('2026-08-07', false);
    await traffic.halt('digests', at);
    expect(await text()).toContain('Sending is halted');
    expect(await text()).toContain('Some digests are waiting, because sending is halted.');
    await traffic.resume('digests', at);
    expect(await text()).not.toContain('halted');
  });

  it.each([
    ['2026-08-08T04:30', 'Everything is working.', 'The edition is due after 05:00.'],
    ['2026-08-08T05:30', 'Everything is working.', 'The edition, due after 05:00, is not out yet.'],
    [
      '2026-08-08T06:30',
      'Today&#39;s edition, due after 05:00 UTC, is not out yet.',
      'The edition, due after 05:00, is not out yet.',
    ],
    ['2026-08-20T06:30', 'No edition has come out in the last seven days.', 'No edition came out.'],
  ])('knows at %s whether an edition is late', async (now, whole, ofToday) => {
    const { clock, text } = await opened();
    clock.now = instant(now);
    expect(await text()).toContain(whole);
    expect(await text()).toContain(ofToday);
  });

  it('is there before any source was asked', async () => {
    const page = await openPages([], { editions: fakeEditionRepository() }).read('/status');
    expect(page).toContain('No source has been asked yet.');
  });
});
