import { type CalendarDate, startOf } from '../../../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../../../shared/domain/edition/hindsight.js';
import { dayInWords, shortDay } from '../../../../shared/domain/text/day-in-words.js';

interface Point {
  readonly date: CalendarDate;
  readonly value: number;
}

const [left, right, top, bottom] = [30, 392, 40, 160] as const;
const scale = [0, 0.5, 1];

const heightOf = (value: number) => Math.round(10 * (bottom - value * (bottom - top))) / 10;

function describe(name: string, points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2));
  return points.length === 0 ? '' : ` ${name}: from ${least} to ${most}.`;
}

/** NDCG@10 over the editions, ours beside raw upvotes; nothing before there are two points to join. */
export function HindsightChart({ hindsights }: { hindsights: readonly Hindsight[] }) {
  const oldestFirst = [...hindsights].reverse();
  const ours = oldestFirst.flatMap(({ date, ours }): Point[] => (ours ? [{ date, value: ours.ndcg10 }] : []));
  const raw = oldestFirst.flatMap(({ date, rawUpvotes }): Point[] =>
    rawUpvotes ? [{ date, value: rawUpvotes.ndcg10 }] : [],
  );
  const [first, last] = [ours[0]?.date, ours.at(-1)?.date];
  if (first === undefined || last === undefined || first === last) return null;
  const sideOf = (date: CalendarDate) => {
    const share = (startOf(date) - startOf(first)) / (startOf(last) - startOf(first));
    return Math.round(10 * (left + share * (right - left))) / 10;
  };
  return (
    <svg class="chart" viewBox="0 0 400 184" role="img" aria-labelledby="chart-title chart-description">
      <title id="chart-title">NDCG@10 of each edition, seven days later</title>
      <desc id="chart-description">
        {`${ours.length} editions from ${dayInWords(first)} to ${dayInWords(last)}.${describe('Paperboy', ours)}${describe('Raw upvotes', raw)} The table below has every figure.`}
      </desc>
      <Legend />
      {scale.map((value) => (
        <>
          <path class="grid" d={`M${left} ${heightOf(value)}H${right}`} />
          <text class="at-end" x={left - 6} y={heightOf(value) + 4}>
            {value}
          </text>
        </>
      ))}
      <text x={left} y={bottom + 18}>
        {shortDay(first)}
      </text>
      <text class="at-end" x={right} y={bottom + 18}>
        {shortDay(last)}
      </text>
      <Line name="raw" points={raw} sideOf={sideOf} />
      <Line name="ours" points={ours} sideOf={sideOf} />
    </svg>
  );
}

function Legend() {
  return (
    <>
      <path class="ours" d={`M${left} 16h28`} />
      <text x={left + 34} y="20">
        Paperboy
      </text>
      <path class="raw" d={`M${left + 110} 16h28`} />
      <text x={left + 144} y="20">
        raw upvotes
      </text>
      <text class="at-end" x={right} y="20">
        NDCG@10
      </text>
    </>
  );
}

interface LineProps {
  readonly name: 'ours' | 'raw';
  readonly points: readonly Point[];
  readonly sideOf: (date: CalendarDate) => number;
}

function Line({ name, points, sideOf }: LineProps) {
  const places = points.map(({ date, value }) => [sideOf(date), heightOf(value)] as const);
  return (
    <>
      <polyline class={name} points={places.map((place) => place.join(',')).join(' ')} />
      {places.map(([x, y]) => (
        <circle class={name} cx={x} cy={y} r="2.5" />
      ))}
    </>
  );
}
