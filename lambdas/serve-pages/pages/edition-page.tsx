import type { Edition, RankedPaper } from '../../../shared/domain/edition.js';
import { type PaperLinks, paperLinks } from '../../../shared/domain/paper-links.js';
import { shortenAtSentence } from '../../../shared/domain/shorten.js';
import { texToText } from '../../../shared/domain/tex-to-text.js';
import { describeRise } from '../../../shared/domain/trend-words.js';
import { Layout } from './layout.js';

/** A page shows the top of an edition: the whole of it can be thousands of papers. */
const shownPapers = 50;

const summaryLength = 320;

const linkNames: Record<keyof PaperLinks, string> = {
  paper: 'Paper',
  pdf: 'PDF',
  code: 'Code',
  project: 'Project',
  discussion: 'Discussion',
};

/** One edition as a page. */
export function EditionPage({ edition }: { edition: Edition }) {
  const empty = edition.days.filter(({ listed }) => listed === 0).map(({ date }) => date);
  return (
    <Layout title={`Edition of ${edition.date}`}>
      <h1>Edition of {edition.date}</h1>
      <p class="soft">
        {edition.papers.length} papers of the last seven days, ranked by how fast they rise (formula {edition.formula}).
        {empty.length > 0 ? ` No daily list on ${empty.join(', ')}.` : ''}
      </p>
      <ol class="papers">
        {edition.papers.slice(0, shownPapers).map((ranked, index) => (
          <PaperItem ranked={ranked} place={index + 1} />
        ))}
      </ol>
    </Layout>
  );
}

function PaperItem({ ranked, place }: { ranked: RankedPaper; place: number }) {
  const { paper, score } = ranked;
  const rise = describeRise(score);
  const authors = paper.authors.slice(0, 3).join(', ');
  const more = paper.authors.length - 3;
  return (
    <li>
      <h2>
        {place}. {texToText(paper.title)}
      </h2>
      <p class="soft">
        {authors}
        {more > 0 ? ` and ${more} more` : ''}
      </p>
      <p>{shortenAtSentence(texToText(paper.aiSummary ?? paper.abstract), summaryLength)}</p>
      {rise.length > 0 ? <p class="rise">{rise.join(' · ')}</p> : null}
      <p class="links">
        {Object.entries(paperLinks(paper)).map(([name, url]) => (
          <a href={url}>{linkNames[name as keyof PaperLinks]}</a>
        ))}
      </p>
    </li>
  );
}

/** What `/` shows before the first edition. */
export function NoEditionPage() {
  return (
    <Layout title="No edition yet">
      <h1>No edition yet</h1>
      <p>The first edition appears after the next publish hour, when papers have been read.</p>
    </Layout>
  );
}
