import type { RunOptions } from '../engine/draw-profile.js';
import { type RunResult, simulate } from '../run.js';

const mostRuns = 250;

const kindOf = (what: string) => what.replace(/\d+/g, '#');

/** Leaves out all that a fault does not need: people's steps, what goes wrong, and what it is like. */
export async function shrink(seed: number, options: RunOptions, counts: string): Promise<RunResult> {
  let best = await simulate(seed, options);
  const wanted = best.findings.find((finding) => finding.counts === counts);
  const isSame = (result: RunResult) =>
    result.findings.some((finding) => finding.counts === counts && kindOf(finding.what) === kindOf(wanted?.what ?? ''));
  let pieces = 2;
  for (let runs = 0, piece = 0; runs < mostRuns && best.events.length > 0; ) {
    const { events } = best;
    const from = Math.floor((piece * events.length) / pieces);
    const to = Math.floor(((piece + 1) * events.length) / pieces);
    runs += 1;
    const allowed = new Set([...events.slice(0, from), ...events.slice(to)]);
    const result = await simulate(seed, options, { allowed });
    // What is left out may have kept other things from happening.
    const isSmaller = isSame(result) && result.events.length < events.length;
    if (isSmaller) {
      best = result;
      pieces = Math.max(2, Math.min(pieces - 1, best.events.length));
    } else piece += 1;
    if (piece < pieces) continue;
    if (pieces >= events.length) break;
    pieces = Math.min(events.length, 2 * pieces);
    piece = 0;
  }
  return simulate(seed, options, { allowed: new Set(best.events), isTraced: true });
}
