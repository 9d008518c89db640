import { type Hindsight, meanFigures, type RankingFigures } from '../../../../shared/domain/edition/hindsight.js';
import { arxivPage } from '../../../../shared/domain/paper/paper-links.js';
import { shownText } from '../../../../shared/domain/text/shown-text.js';
import { MessagePage } from '../../frame/pages/layout.js';
import { HindsightChart } from './hindsight-chart.js';

/** How good past editions were, the newest first: a line of NDCG@10, and a table of every figure. */
export function HindsightPage({ hindsights }: { hindsights: readonly Hindsight[] }) {
  return (
    <MessagePage title="Hindsight">
      <p class="lead">
        A week after each edition we check which of its papers have gained the most upvotes since, and whether the
        edition had ranked them at the top. p@10 is the share of the ten biggest gainers that were in its top ten;
        NDCG@10 also takes their order into account. A perfect prediction scores 1.00.
      </p>
      <p>
        <a class="standalone" href="/how">
          How an edition is ranked
        </a>
      </p>
      {hindsights.length > 0 ? (
        <>
          <HindsightChart hindsights={hindsights} />
          <HindsightTable hindsights={hindsights} />
        </>
      ) : (
        <p class="soft">No edition is seven days old yet.</p>
      )}
      <p class="soft small">
        “Raw upvotes” is the NDCG@10 of the same papers ranked by their upvotes at publication. A paper's gain is the
        last upvote count we saw within the seven days, minus its count at publication; if we saw no later count, its
        gain is 0.
      </p>
    </MessagePage>
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
          <a href={`/editions/${date}`}>{date}</a>
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
