import { dayMs } from '../../../../shared/domain/calendar-date.js';
import type { RankedPaper } from '../../../../shared/domain/edition/edition.js';
import type { Standing } from '../../../../shared/domain/edition/scoreboard.js';
import type { Reading } from '../../../../shared/domain/paper/observations.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { dateInWords, dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { datedCurve } from '../../../../shared/domain/trend/curve.js';
import { appearedAt } from '../../../../shared/domain/trend/gain.js';
import { describeRise, describeScore } from '../../../../shared/domain/trend/trend-words.js';
import { CountChart } from './count-chart.js';

interface RiseProps {
  readonly ranked: RankedPaper;
  /** Of its editions, the newest first. */
  readonly standings: readonly [Standing, ...Standing[]];
}

/** How a paper rose, why it stood where it did, and how it stood in each of its editions. */
export function Rise({ ranked, standings }: RiseProps) {
  const [newest] = standings;
  const oldestFirst = [...standings].reverse();
  const { label, gains } = describeRise(ranked, newest.date);
  return (
    <>
      <h2>How it rose</h2>
      {gains.length > 0 ? (
        <p class="rise">
          {label}: {gains.join(' · ')}
        </p>
      ) : null}
      <CountChart
        name="upvotes"
        counts={upvotesOf(ranked, oldestFirst)}
        medians={fromZero(ranked.paper, readings(oldestFirst, 'median'))}
      />
      <CountChart name="stars" counts={readings(oldestFirst, 'stars')} />
      <Editions standings={standings} />
      <Score ranked={ranked} newest={newest} />
    </>
  );
}

function readings(standings: readonly Standing[], name: 'upvotes' | 'stars' | 'median'): readonly Reading[] {
  return standings.flatMap(({ publishedAt: at, [name]: count }) => (count === undefined ? [] : [{ at, count }]));
}

/** Its curve, which has more points than there are editions. */
function upvotesOf({ curve, paper }: RankedPaper, oldestFirst: readonly Standing[]): readonly Reading[] {
  const end = oldestFirst.at(-1)?.publishedAt;
  return curve && end !== undefined ? datedCurve(curve, paper, end) : fromZero(paper, readings(oldestFirst, 'upvotes'));
}

/** One that was listed after the day's edition came out is in that of the next day. */
const seenSoonMs = 2 * dayMs;

/** Upvotes begin at zero when a paper is listed, and so does the median of those listed with it. */
function fromZero(paper: Paper, known: readonly Reading[]): readonly Reading[] {
  const [first] = known;
  const appeared = appearedAt(paper);
  const isSeenSoon = first && paper.listedDays.length > 0 && first.at - appeared < seenSoonMs;
  return isSeenSoon ? [{ at: appeared, count: 0 }, ...known] : known;
}

function Editions({ standings }: { standings: readonly Standing[] }) {
  const shown = (count: number | undefined) => count?.toLocaleString('en-US') ?? '–';
  const hasMedian = standings.some(({ median }) => median !== undefined);
  const hasStars = standings.some(({ stars }) => stars !== undefined);
  return (
    <table class="figures">
      <caption class="soft">
        Its editions{hasMedian ? ', with the median upvotes of all papers listed on the same day' : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">Edition</th>
          <th scope="col">Place</th>
          <th scope="col">Upvotes</th>
          {hasMedian ? <th scope="col">Median</th> : null}
          {hasStars ? <th scope="col">Stars</th> : null}
        </tr>
      </thead>
      <tbody>
        {standings.map(({ date, place, upvotes, median, stars }) => (
          <tr>
            <th scope="row">
              <a href={`/editions/${date}`}>{dateInWords(date)}</a>
            </th>
            <td>{place}</td>
            <td>{shown(upvotes)}</td>
            {hasMedian ? <td>{shown(median)}</td> : null}
            {hasStars ? <td>{shown(stars)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Score({ ranked: { score }, newest }: { ranked: RankedPaper; newest: Standing }) {
  const { date, place, papers } = newest;
  const stood = `In the edition of ${dayInWords(date)} it was number ${place} of ${papers}`;
  const parts = describeScore(score);
  return (
    <>
      <h2>How its score came about</h2>
      {parts.length === 0 ? (
        <p>{stood}, without a score: nothing was seen to rise.</p>
      ) : (
        <>
          <p>
            {stood}, with a score of {score.value.toFixed(2)}:
          </p>
          <ul>
            {parts.map(({ words, points }) => (
              <li>{`${points < 0 ? '−' : ''}${Math.abs(points).toFixed(2)} points: ${words}`}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        Gains count for more the faster they came, and for less the older the paper is.{' '}
        <a href="/how">How Paperboy ranks</a>
      </p>
    </>
  );
}
