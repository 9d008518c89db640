import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { Layout } from '../../frame/pages/layout.js';
import { PaperList } from './paper-list.js';

/** A page shows the top of an edition: the whole of it can be thousands of papers. */
const shownPapers = 50;

interface EditionPageProps {
  readonly edition: Edition;
  /** Papers that were withdrawn since, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
}

/** One edition as a page. */
export function EditionPage({ edition, withdrawn }: EditionPageProps) {
  const empty = edition.days.filter(({ listed }) => listed === 0).map(({ date }) => date);
  return (
    <Layout title={`Edition of ${edition.date}`}>
      <section class="edition" aria-labelledby="edition">
        <h1 id="edition">Edition of {edition.date}</h1>
        <p class="soft">
          {edition.papers.length > shownPapers ? `The first ${shownPapers} of ` : ''}
          {edition.papers.length} papers of the last seven days, ranked by how fast they rise (formula {edition.formula}
          ).
          {empty.length > 0 ? ` No daily list on ${empty.join(', ')}.` : ''}
        </p>
        <h2 class="skip">Papers</h2>
        <PaperList papers={edition.papers.slice(0, shownPapers)} withdrawn={withdrawn} />
        <a class="standalone" href="/search">
          Search this and earlier editions
        </a>{' '}
        <a class="standalone" href="/hindsight">
          How earlier editions held up a week later
        </a>
      </section>
    </Layout>
  );
}
