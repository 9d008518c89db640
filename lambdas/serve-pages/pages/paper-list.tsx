import type { RankedPaper } from '../../../shared/domain/edition.js';
import { type PaperLinks, paperLinks } from '../../../shared/domain/paper-links.js';
import { shortenAtSentence } from '../../../shared/domain/shorten.js';
import { texToText } from '../../../shared/domain/tex-to-text.js';
import { describeRank } from '../../../shared/domain/trend-words.js';
import { CurveLine } from './curve-line.js';

const summaryLength = 320;

const linkNames: Record<keyof PaperLinks, string> = {
  paper: 'Paper',
  pdf: 'PDF',
  code: 'Code',
  project: 'Project',
  discussion: 'Discussion',
};

/** Papers in rank order, each with what it gained and where to read on. */
export function PaperList({ papers }: { papers: readonly RankedPaper[] }) {
  return (
    <ol class="papers">
      {papers.map((ranked) => (
        <PaperItem ranked={ranked} />
      ))}
    </ol>
  );
}

function PaperItem({ ranked }: { ranked: RankedPaper }) {
  const { paper } = ranked;
  const rise = describeRank(ranked);
  const title = texToText(paper.title);
  const authors = paper.authors.slice(0, 3).join(', ');
  const more = paper.authors.length - 3;
  return (
    <li>
      <h3>{title}</h3>
      <p class="soft small">
        {authors}
        {more > 0 ? ` and ${more} more` : ''}
      </p>
      <p>{shortenAtSentence(texToText(paper.aiSummary ?? paper.abstract), summaryLength)}</p>
      {rise.words.length > 0 ? (
        <p class="rise">
          {ranked.lane ? `${rise.label}: ` : ''}
          {rise.words.join(' · ')}
          {ranked.curve ? <CurveLine curve={ranked.curve} /> : null}
        </p>
      ) : null}
      <p class="links">
        {Object.entries(paperLinks(paper)).map(([name, url]) => (
          <a href={url} aria-label={`${linkNames[name as keyof PaperLinks]}: ${title}`}>
            {linkNames[name as keyof PaperLinks]}
          </a>
        ))}
      </p>
    </li>
  );
}
