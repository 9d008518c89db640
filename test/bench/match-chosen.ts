import type { Edition } from '../../shared/domain/edition/edition.js';
import { type BenchReport, type Figure, round, timed } from './figures.js';
import { digestJob } from './match-digests.js';
import type { DrawnFilters } from './match-filters.js';
import type { PeerRun } from './match-peers.js';
import { microsPerRow } from './match-rows.js';
import { interleave, type Measured, middleOf, type Rounds, ratioOf } from './rounds.js';

/** A peer that has matched a sample of the filters of 100,000 subscribers, or all at once those of a million. */
interface RunPeer {
  readonly run: PeerRun;
  /** Of all distinct filters, which share it matches. */
  readonly share: number;
  /** All of them, the fastest of its runs. */
  readonly peerMs: number;
}

interface RunPeers {
  readonly regexLoop: RunPeer | undefined;
  readonly miniSearch: RunPeer | undefined;
  readonly postgres: RunPeer | undefined;
}

const rounds = 5;

/** Chooses every digest as the sender does, in rounds with the peers that run in this process. */
export async function chooseAsDeployed(
  edition: Edition,
  [ten, hundred, all]: readonly [DrawnFilters, DrawnFilters, DrawnFilters],
  { regexLoop, miniSearch, postgres }: RunPeers,
): Promise<BenchReport> {
  const job = digestJob(edition, hundred);
  const few = digestJob(edition, ten);
  const times = await interleave(
    {
      digests: job.run,
      fewDigests: few.run,
      regexLoop: () => regexLoop?.run.again?.(),
      miniSearch: () => miniSearch?.run.again?.(),
    },
    rounds,
  );
  await job.run();
  const keptMb = job.bytesKept() / 1e6;
  const digests = middleOf(times.digests.cpuMs);
  const many = await digestJob(edition, all).run();
  const growth = middleOf([many.cpuMs / digests.value]);
  const ratios = {
    regexLoop: ratioOf(wholeOf(times.regexLoop, regexLoop), times.digests),
    miniSearch: ratioOf(wholeOf(times.miniSearch, miniSearch), times.digests),
    postgres: postgres === undefined ? null : postgres.peerMs / many.wallMs,
  };
  const micros = microsOf(digests, hundred);
  const perRow = await microsPerRow(job.subscriber);
  const json = {
    ratios: {
      regexLoop: round(ratios.regexLoop.value),
      miniSearch: round(ratios.miniSearch.value),
      postgres: ratios.postgres === null ? null : round(ratios.postgres),
      growth100kTo1M: round(growth.value),
    },
    microsPerSubscriber: round(micros.value),
    microsPerSubscriberAt: {
      '10k': round(microsOf(middleOf(times.fewDigests.cpuMs), ten).value),
      '1M': round((many.cpuMs * 1000) / all.chosen.length),
    },
    microsPerRowRead: round(perRow),
    keptReasonsMb: round(keptMb),
    papersPerDigest: round(many.papers / all.chosen.length),
  };
  const figures: Figure[] = [
    timed('choosing over regexLoop', ratios.regexLoop, { atLeast: 70 }),
    timed('choosing over miniSearch', ratios.miniSearch, { atLeast: 40 }),
    { name: 'choosing over postgres', value: ratios.postgres },
    timed('times for a million, of 100,000', { ...growth, spread: digests.spread }, { atMost: 12 }),
    timed('CPU µs for a digest, of 100,000', micros),
    { name: 'CPU µs to read a row', value: perRow },
    { name: 'MB an edition keeps after 100,000', value: keptMb },
  ];
  return { json, figures };
}

/** What all distinct filters would take. */
function wholeOf({ cpuMs, wallMs }: Rounds, peer: RunPeer | undefined): Rounds {
  const whole = (ms: number) => (peer?.run.readMs ?? 0) + ms / (peer?.share ?? Number.NaN);
  return { cpuMs: cpuMs.map(whole), wallMs: wallMs.map(whole) };
}

function microsOf({ value, spread }: Measured, { chosen }: DrawnFilters): Measured {
  return { value: (value * 1000) / chosen.length, spread };
}
