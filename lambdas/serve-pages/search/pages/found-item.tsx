import type { FoundPaper } from '../../../../shared/domain/edition/search-archive.js';
import type { MatchedWord } from '../../../../shared/domain/filter/match/find-term.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { excerptOf, markMatches, type TextPiece } from '../../../../shared/domain/text/excerpt.js';
import { shownMatches, shownText, withoutTags } from '../../../../shared/domain/text/shown-text.js';
import { cardView, summaryLength } from '../../../../shared/mail/card/card-view.js';
import { PaperItem } from '../../editions/pages/paper-list.js';

/** A paper that was found, with its matched words marked, and its author to follow where one was asked for. */
export function FoundItem({ found: { paper, words }, isWithdrawn }: { found: FoundPaper; isWithdrawn: boolean }) {
  const inPart = (part: MatchedWord['part']) => words.filter((word) => word.part === part);
  const title = shownMatches(paper.paper.title, inPart('title'));
  const abstract = shownMatches(paper.paper.abstract, inPart('abstract'));
  const shownWords = words
    .map((word) => ({ part: word.part, text: shownWord(word, paper.paper) }))
    .filter(({ text }) => text !== '');
  const authors = new Set(words.flatMap(({ part, text }) => (part === 'author' ? [text] : [])));
  return (
    <PaperItem
      id={paper.paper.id}
      // An excerpt stands in place of the summary, which takes longer to make than all the rest.
      card={cardView(abstract.matches.length > 0 ? { ...paper, paper: { ...paper.paper, abstract: '' } } : paper)}
      isWithdrawn={isWithdrawn}
      title={title.matches.length > 0 ? <Marked pieces={markMatches(title.text, title.matches)} /> : undefined}
      excerpt={
        abstract.matches.length > 0 ? (
          <Marked pieces={excerptOf(abstract.text, abstract.matches, summaryLength)} />
        ) : undefined
      }
    >
      <p class="soft small">
        {dayInWords(paper.day)}. Best rank: {paper.best.place}, in the{' '}
        <a href={`/editions/${paper.best.edition}`}>edition of {dayInWords(paper.best.edition)}</a>.
      </p>
      {shownWords.length > 0 ? (
        <p class="small">
          Matched:{' '}
          {shownWords.map(({ text, part }, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <mark>{text}</mark> <span class="soft">({part})</span>
            </>
          ))}
        </p>
      ) : null}
      {authors.size > 0 ? (
        <p class="links">
          {[...authors].map((author) => (
            <a href={`/?${new URLSearchParams({ author })}`}>Follow {shownText(author)}</a>
          ))}
        </p>
      ) : null}
    </PaperItem>
  );
}

/** A matched word as the paper shows it; empty where only a tag matched. */
function shownWord(word: MatchedWord, paper: Paper): string {
  if (word.part !== 'title' && word.part !== 'abstract') return withoutTags(word.text);
  const { text, matches } = shownMatches(paper[word.part], [word]);
  return matches.map(({ start, end }) => text.slice(start, end)).join('');
}

function Marked({ pieces }: { pieces: readonly TextPiece[] }) {
  return <>{pieces.map(({ text, isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>;
}
