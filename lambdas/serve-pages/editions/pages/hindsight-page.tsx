import { type Hindsight, meanFigures, type RankingFigures } from '../../../../shared/domain/edition/hindsight.js';
import { arxivPage } from '../../../../shared/domain/paper/paper-links.js';
import { shortDay } from '../../../../shared/domain/text/day-in-words.js';
import { shownText } from '../../../../shared/domain/text/shown-text.js';
import { MessagePage } from '../../frame/pages/layout.js';
import { HindsightChart } from './hindsight-chart.js';
import { HindsightVerdict } from './hindsight-verdict.js';

const description =
  'How good past editions of Paperboy were: how many of the ten papers that won the week were in its top ten.';

interface HindsightPageProps {
  /** The newest first. */
  readonly hindsights: readonly Hindsight[];
  readonly pagesUrl: string;
}

/** How good past editions were: in words, then for experts a line of NDCG@10 and a table of every figure. */
export function HindsightPage({ hindsights, pagesUrl }: HindsightPageProps) {
  return (
    <MessagePage title="Hindsight" about={{ description, url: `${pagesUrl}/hindsight` }}>
      <p class="lead">
        A week after each edition we look which ten of its papers have gained the most upvotes since, and how many of
        these ten it had in its own top ten.
      </p>
      {hindsights.length > 0 ? (
        <>
          <HindsightVerdict hindsights={hindsights} />
          <ForExperts hindsights={hindsights} />
        </>
      ) : (
        <p class="soft">No edition is seven days old yet.</p>
      )}
      <p>
        <a class="standalone" href="/how">
          How an edition is ranked
        </a>
      </p>
    </MessagePage>
  );
}

function ForExperts({ hindsights }: Pick<HindsightPageProps, 'hindsights'>) {
  return (
    <details class="help">
      <summary>Figures for experts</summary>
      <p>
        p@10 is the share of the ten biggest gainers that were in the edition's top ten; NDCG@10 also takes their order
        into account. A perfect prediction scores 1.00. “Raw upvotes” is the NDCG@10 of the same papers ranked by their
        upvotes at publication. A paper's gain is the last upvote count we saw within the seven days, minus its count at
        publication; if we saw no later count, its gain is 0.
      </p>
      <HindsightChart hindsights={hindsights} />
      <HindsightTable hindsights={hindsights} />
    </details>
  );
}

function HindsightTable({ hindsights }: { hindsights: readonly Hindsight[] }) {
  const both = hindsights.flatMap(({ ours, rawUpvotes }) => (ours && rawUpvotes ? [{ ours, rawUpvotes }] : []));
  const mean = meanFigures(both.map(({ ours }) => ours));
  return (
    <table class="figures">
      <thead>
        <tr>
          {['Edition', 'p@3', 'p@5', 'p@10', 'NDCG@10', 'Raw upvotes'].map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      {mean && both.length > 1 ? (
        <tbody class="mean">
          <tr>
            <th scope="row">Mean of {both.length}</th>
            <Figures ours={mean} rawUpvotes={meanFigures(both.map(({ rawUpvotes }) => rawUpvotes))} />
          </tr>
        </tbody>
      ) : null}
      {hindsights.map((hindsight) => (
        <EditionRows hindsight={hindsight} />
      ))}
    </table>
  );
}

function Figures({ ours, rawUpvotes }: { ours: RankingFigures; rawUpvotes: RankingFigures | undefined }) {
  const { p3, p5, p10, ndcg10 } = ours;
  return (
    <>
      {[p3, p5, p10, ndcg10, rawUpvotes?.ndcg10].map((figure) => (
        <td>{figure?.toFixed(2) ?? '–'}</td>
      ))}
    </>
  );
}

/** An edition's figures in one row, and its biggest miss in the next: both fit a phone. */
function EditionRows({ hindsight }: { hindsight: Hindsight }) {
  const { date, ours, rawUpvotes } = hindsight;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">
          <a href={`/editions/${date}`}>{shortDay(date)}</a>
        </th>
        {ours ? (
          <Figures ours={ours} rawUpvotes={rawUpvotes} />
        ) : (
          <td colspan={5}>no upvotes seen after publication</td>
        )}
      </tr>
      {ours ? (
        <tr class="miss">
          <td colspan={6}>
            <BiggestMiss hindsight={hindsight} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

function BiggestMiss({ hindsight: { biggestMiss, papers } }: { hindsight: Hindsight }) {
  if (!biggestMiss) return <>No miss: the ten biggest gainers were all in its top ten.</>;
  const { id, title, place, placeLater, gained } = biggestMiss;
  return (
    <>
      Biggest miss: <a href={arxivPage(id)}>{shownText(title)}</a>, number {place} of {papers}, but number {placeLater}{' '}
      a week later with {gained.toLocaleString('en-US')} more {gained === 1 ? 'upvote' : 'upvotes'}.
    </>
  );
}
