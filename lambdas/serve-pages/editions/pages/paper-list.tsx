import type { Child } from 'hono/jsx';
import type { RankedPaper } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { type PaperLinks, paperLinks } from '../../../../shared/domain/paper/paper-links.js';
import { shortenAtSentence } from '../../../../shared/domain/text/shorten.js';
import { texToText } from '../../../../shared/domain/text/tex-to-text.js';
import { describeRank } from '../../../../shared/domain/trend/trend-words.js';
import { CurveLine } from './curve-line.js';

/** How much of a paper is shown below its title. */
export const summaryLength = 320;

const linkNames: Record<keyof PaperLinks, string> = {
  paper: 'Paper',
  pdf: 'PDF',
  code: 'Code',
  project: 'Project',
  discussion: 'Discussion',
};

interface PaperListProps {
  readonly papers: readonly RankedPaper[];
  /** Those that were withdrawn since are marked. */
  readonly withdrawn?: ReadonlySet<PaperId>;
}

/** Papers in rank order, each with what it gained and where to read on. */
export function PaperList({ papers, withdrawn }: PaperListProps) {
  return (
    <ol class="papers">
      {papers.map((ranked) => (
        <PaperItem ranked={ranked}>
          {withdrawn?.has(ranked.paper.id) ? <p class="soft">This paper has since been withdrawn from arXiv.</p> : null}
        </PaperItem>
      ))}
    </ol>
  );
}

interface PaperItemProps {
  readonly ranked: RankedPaper;
  /** In place of the plain title. */
  readonly title?: Child;
  /** In place of the first sentences. */
  readonly summary?: Child;
  /** What else is to be said of it. */
  readonly children?: Child;
}

/** One paper of a list. */
export function PaperItem({ ranked, title, summary, children }: PaperItemProps) {
  const { paper } = ranked;
  const rise = describeRank(ranked);
  const plainTitle = texToText(paper.title);
  const authors = paper.authors.slice(0, 3).join(', ');
  const more = paper.authors.length - 3;
  return (
    <li>
      <h3>{title ?? plainTitle}</h3>
      <p class="soft small">
        {authors}
        {more > 0 ? ` and ${more} more` : ''}
      </p>
      <p>{summary ?? shortenAtSentence(texToText(paper.aiSummary ?? paper.abstract), summaryLength)}</p>
      {rise.words.length > 0 ? (
        <p class="rise">
          {ranked.lane ? `${rise.label}: ` : ''}
          {rise.words.join(' · ')} {ranked.curve ? <CurveLine curve={ranked.curve} /> : null}
        </p>
      ) : null}
      {children}
      <p class="links">
        {Object.entries(paperLinks(paper)).map(([name, url]) => (
          <a href={url} aria-label={`${linkNames[name as keyof PaperLinks]}: ${plainTitle}`}>
            {linkNames[name as keyof PaperLinks]}
          </a>
        ))}
      </p>
    </li>
  );
}
