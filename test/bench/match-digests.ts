import { loadedEdition } from '../../shared/delivery/loaded-edition.js';
import { type ContentDeps, contentFor } from '../../shared/delivery/mail-content.js';
import { seenHashesFrom } from '../../shared/delivery/seen-hashes.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { leafAt, readCompiled } from '../../shared/domain/filter/compile-filter.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import type { DrawnFilters } from './match-filters.js';
import { type EarlierEditions, earlierEditions, madeSubscribers } from './match-subscribers.js';
import { bytesInUse } from './memory.js';

/** So many subscribers a job has; they are made before their digests are chosen, which is not counted. */
const chunk = 50;
const batch = 'Europe/Berlin@07#0001';

/** What a run of all digests took, and how many papers they hold in all. */
interface DigestsRun {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly papers: number;
  readonly reasons: number;
}

export interface DigestJob {
  readonly run: () => Promise<DigestsRun>;
  readonly subscriber: (number: number) => Subscriber;
  /** What the edition holds after a run, in bytes: its index, the sets of its filters and their words. */
  readonly bytesKept: () => number;
}

/**
 * Makes a run of every subscriber's digest from the parsed row to the explained papers, as the deployed sender does it:
 * an edition just read, filters never met before, `contentFor` for one subscriber after the other.
 */
export function digestJob(edition: Edition, filters: DrawnFilters): DigestJob {
  const known = loadedEdition(edition);
  const earlier: EarlierEditions = earlierEditions(known.indexed);
  const subscriber = madeSubscribers(known.indexed, earlier, filters);
  let loaded = known;
  const deps: ContentDeps = {
    catalogue,
    seenHashes: seenHashesFrom(earlier, unexpected),
    countUnreadable: unexpected,
    warn: unexpected,
  };

  async function run(): Promise<DigestsRun> {
    forgetFilters();
    const taken = { cpuMs: 0, wallMs: 0, papers: 0, reasons: 0 };
    await timed(taken, async () => {
      loaded = loadedEdition(edition);
    });
    for (let first = 0; first < filters.chosen.length; first += chunk) {
      const length = Math.min(chunk, filters.chosen.length - first);
      const subscribers = Array.from({ length }, (_, index) => subscriber(first + index));
      await timed(taken, async () => {
        for (const each of subscribers) {
          const content = await contentFor(each, { edition: loaded, batch }, deps);
          taken.papers += content?.papers.length ?? 0;
          for (const { reasons } of content?.papers ?? []) taken.reasons += reasons.length;
        }
      });
    }
    return taken;
  }

  function bytesKept(): number {
    const before = bytesInUse();
    loaded = known;
    return before - bytesInUse();
  }

  return { run, subscriber, bytesKept };
}

async function timed(taken: { cpuMs: number; wallMs: number }, work: () => Promise<void>): Promise<void> {
  const wall = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  taken.cpuMs += (user + system) / 1000;
  taken.wallMs += performance.now() - wall;
}

function unexpected(): never {
  throw new Error('the bench has no such subscriber');
}

let strangers = 0;

/** Makes the process forget all filters it has met, by others that nobody has. */
function forgetFilters(): void {
  const mark = readMark('2 w:mark');
  const leaf = leafAt(mark, 0);
  for (; leafAt(mark, 0) === leaf; strangers += 1) readMark(`2 w:stranger${strangers}`);
  const known = readMark('2 w:mark w:mark |2');
  for (; readMark(known.form) === known; strangers += 1) readMark(`2 w:a${strangers % 300} w:b${strangers % 301} |2`);
}

function readMark(form: string) {
  const filter = readCompiled(form);
  if (!filter) throw new Error('a form cannot be read');
  return filter;
}
