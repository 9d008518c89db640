import { cutTo } from '../text/shorten.js';
import type { Backtest, NoisyClause } from './backtest.js';

const shownSamples = 2;
const clauseLength = 60;
const titleLength = 80;

/** A backtest in words: `About 12 papers a week: 52 in 30 days. Noisiest: "agents" alone brings 31 of 52. For example: …`. */
export function describeBacktest({ days, total, perWeek, noisiest, samples }: Backtest): string {
  if (total === 0) return `No paper in the last ${days} days.`;
  const weekly = Math.round(perWeek);
  const rate =
    perWeek < 1 ? 'Less than one paper a week' : `About ${weekly} ${weekly === 1 ? 'paper' : 'papers'} a week`;
  const examples = samples.slice(0, shownSamples).map(({ title, date }) => `${cutTo(title, titleLength)} (${date})`);
  return [
    `${rate}: ${total} in ${days} days.`,
    ...(noisiest ? [`Noisiest: ${describeClause(noisiest)} of ${total}.`] : []),
    `For example: ${examples.join('; ')}.`,
  ].join(' ');
}

function describeClause({ clause, alone }: NoisyClause): string {
  const short = cutTo(clause, clauseLength);
  return `${short.includes('"') ? short : `"${short}"`} alone brings ${alone}`;
}
