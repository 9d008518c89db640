import { dateOf } from '../../../../shared/domain/calendar-date.js';
import type { Reading } from '../../../../shared/domain/paper/observations.js';
import { dateInWords } from '../../../../shared/domain/text/day-in-words.js';

interface CountChartProps {
  readonly name: 'upvotes' | 'stars';
  /** In order of time. */
  readonly counts: readonly Reading[];
  /** The median of the papers that were listed on the same day. */
  readonly medians?: readonly Reading[];
}

const [left, right, top, bottom] = [48, 392, 34, 160] as const;

const numeral = (count: number) => count.toLocaleString('en-US');

/** How a count rose, with the median behind it; nothing before there are two points to join. */
export function CountChart({ name, counts, medians = [] }: CountChartProps) {
  const [first, last] = [counts[0], counts.at(-1)];
  if (!first || !last || first.at === last.at) return null;
  const within = medians.filter(({ at }) => at >= first.at && at <= last.at);
  const median = within.at(-1);
  const most = Math.max(1, ...[...counts, ...within].map(({ count }) => count));
  const pointOf = ({ at, count }: Reading) => {
    const x = left + ((at - first.at) / (last.at - first.at)) * (right - left);
    return `${x.toFixed(1)},${(bottom - (count / most) * (bottom - top)).toFixed(1)}`;
  };
  const drawn = (readings: readonly Reading[]) => readings.map(pointOf).join(' ');
  return (
    <svg class="chart" viewBox="0 0 400 184" role="img" aria-labelledby={`${name}-title ${name}-description`}>
      <title id={`${name}-title`}>{`Its ${name} over time`}</title>
      <desc id={`${name}-description`}>
        {`${describe(first)} and ${describe(last)}.${median ? ` Median of that day's papers at the end: ${numeral(median.count)}.` : ''} The table below has the figures of each edition.`}
      </desc>
      <path class="ours" d={`M${left} 16h24`} />
      <text x={left + 30} y="20">{`${numeral(last.count)} ${name}`}</text>
      {median ? (
        <>
          <path class="raw" d={`M${left + 150} 16h24`} />
          <text x={left + 180} y="20">{`${numeral(median.count)}, that day's median`}</text>
        </>
      ) : null}
      <path class="grid" d={`M${left} ${top}H${right}M${left} ${bottom}H${right}`} />
      <text class="at-end" x={left - 6} y={top + 4}>
        {numeral(most)}
      </text>
      <text class="at-end" x={left - 6} y={bottom + 4}>
        0
      </text>
      {dateOf(first.at) === dateOf(last.at) ? null : (
        <text x={left} y={bottom + 18}>
          {dateInWords(dateOf(first.at))}
        </text>
      )}
      <text class="at-end" x={right} y={bottom + 18}>
        {dateInWords(dateOf(last.at))}
      </text>
      {within.length > 1 ? <polyline class="raw" points={drawn(within)} /> : null}
      <polyline class="ours" points={drawn(counts)} />
    </svg>
  );
}

const describe = ({ at, count }: Reading) => `${numeral(count)} on ${dateInWords(dateOf(at))}`;
