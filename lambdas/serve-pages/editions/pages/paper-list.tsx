import type { Child } from 'hono/jsx';
import type { RankedPaper } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { type CardView, cardView } from '../../../../shared/mail/card/card-view.js';

interface PaperListProps {
  readonly papers: readonly RankedPaper[];
  /** Their places, where these do not count from 1 without a gap. */
  readonly places?: readonly number[];
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
}

/** Papers in rank order, each with what it gained and where to read on. */
export function PaperList({ papers, places = [], withdrawn }: PaperListProps) {
  return (
    <ol class="papers">
      {papers.map((ranked, index) => (
        <PaperItem
          id={ranked.paper.id}
          card={cardView(ranked)}
          place={places[index]}
          isWithdrawn={withdrawn.has(ranked.paper.id)}
        />
      ))}
    </ol>
  );
}

interface PaperItemProps {
  readonly id: PaperId;
  readonly card: CardView;
  /** It has been withdrawn, maybe after the edition came out. */
  readonly isWithdrawn: boolean;
  /** Where that is not the one after the last. */
  readonly place?: number | undefined;
  /** In place of the plain title. */
  readonly title?: Child;
  /** In place of what the card tells of the abstract. */
  readonly excerpt?: Child;
  /** What else there is to say about it. */
  readonly children?: Child;
}

/** One paper of a list: the card of the mails, as a page shows it. */
export function PaperItem({ id, card, isWithdrawn, place, title, excerpt, children }: PaperItemProps) {
  return (
    <li value={place}>
      <h3>
        <a href={`/papers/${id}`}>{title ?? card.title}</a>
      </h3>
      {card.authors || card.about ? (
        <p class="soft small">
          {card.authors}
          {card.authors && card.about ? <br /> : null}
          {card.about}
        </p>
      ) : null}
      {excerpt ? <p>{excerpt}</p> : card.summary ? <p>{card.summary}</p> : null}
      {card.aiSummary ? <AiSummary text={card.aiSummary} /> : null}
      {card.rise ? (
        <p class="rise">
          {card.riseLabel}: {card.rise}
        </p>
      ) : null}
      {card.totals ? (
        <p class="soft small">
          {card.curve ? <CurveLine curve={card.curve} /> : null} {card.totals}
        </p>
      ) : null}
      {isWithdrawn ? <p class="soft">This paper has since been withdrawn from arXiv.</p> : null}
      {children}
      <p class="links">
        {card.links.map(({ label, url }) => (
          <a href={url} aria-label={`${label}: ${card.title}`}>
            {label}
          </a>
        ))}
      </p>
    </li>
  );
}

/** Never shown without saying so, and never before the authors' own words. */
export function AiSummary({ text }: { text: string }) {
  return (
    <p class="soft small">
      <strong>AI summary:</strong> {text}
    </p>
  );
}

const width = 96;
const height = 20;
/** Half the stroke, so that the line is not cut at the edge. */
const margin = 1;

/** A small line of how a paper's upvotes rose; the words beside it say the same. */
function CurveLine({ curve }: { curve: readonly number[] }) {
  const least = Math.min(...curve);
  const span = Math.max(1, Math.max(...curve) - least);
  const points = curve.map((count, index) => {
    const x = margin + (index / (curve.length - 1)) * (width - 2 * margin);
    const y = height - margin - ((count - least) / span) * (height - 2 * margin);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="curve" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
