import type { FoundPaper } from '../../../../shared/domain/edition/search-archive.js';
import type { MatchedWord } from '../../../../shared/domain/filter/match/find-term.js';
import { excerptOf, markMatches, type TextPiece } from '../../../../shared/domain/text/excerpt.js';
import { texToText } from '../../../../shared/domain/text/tex-to-text.js';
import { PaperItem, summaryLength } from '../../editions/pages/paper-list.js';

/** A paper that was found, its matched words marked where they stand. */
export function FoundItem({ found: { paper, words } }: { found: FoundPaper }) {
  const inPart = (part: MatchedWord['part']) => words.filter((word) => word.part === part);
  const inAbstract = inPart('abstract');
  const excerpt = excerptOf(texToText(paper.paper.abstract), inAbstract, summaryLength);
  return (
    <PaperItem
      ranked={paper}
      title={<Marked pieces={markMatches(texToText(paper.paper.title), inPart('title'))} />}
      summary={inAbstract.length > 0 ? <Marked pieces={excerpt} /> : undefined}
    >
      <p class="soft small">
        {paper.day}. Best at place {paper.best.place} of the{' '}
        <a href={`/editions/${paper.best.edition}`}>edition of {paper.best.edition}</a>.
      </p>
      {words.length > 0 ? (
        <p class="small">
          Matched:{' '}
          {words.map(({ text, part }, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <mark>{text}</mark> <span class="soft">({part})</span>
            </>
          ))}
        </p>
      ) : null}
    </PaperItem>
  );
}

function Marked({ pieces }: { pieces: readonly TextPiece[] }) {
  return <>{pieces.map(({ text, isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>;
}
