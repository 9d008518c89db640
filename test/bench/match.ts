import { catalogue } from '../../shared/domain/catalogue.js';
import { choosePapers, indexEdition } from '../../shared/domain/choose-papers.js';
import { anEdition, aRankedPaper, paperId } from '../support/builders.js';
import { medianMs, round, seeded } from './measure.js';

const vocabulary =
  'inference diffusion agent reasoning causal graph vision language model token cache privacy reward policy table speech robot'.split(
    ' ',
  );
const subscribers = 1000;

/** Chooses for many subscribers to catalogue topics from a 500-paper edition, beside reading the edition once. */
export async function benchMatch(): Promise<object> {
  const random = seeded(2);
  const words = (count: number) =>
    Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(' ');
  const papers = Array.from({ length: 500 }, (_, index) =>
    aRankedPaper({ id: paperId(index), title: words(9), abstract: words(150) }),
  );
  const edition = anEdition({ papers });
  const indexMs = await medianMs(() => indexEdition(edition));
  const wholeMs = await medianMs(() => {
    const indexed = indexEdition(edition);
    for (let index = 0; index < subscribers; index += 1) {
      const topics = [0, 1, 2].flatMap((step) => catalogue[(index + step * 5) % catalogue.length] ?? []);
      choosePapers(indexed, { topics, seen: [], maxPapers: 10 });
    }
  });
  return {
    subscribers,
    wholeToIndexing: round(wholeMs / indexMs),
    microsPerSubscriber: round(((wholeMs - indexMs) * 1000) / subscribers),
  };
}
