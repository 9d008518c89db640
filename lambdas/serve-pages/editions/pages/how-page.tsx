import { MessagePage } from '../../frame/pages/layout.js';

/** A made-up paper of the example, as it stands at eight in the morning. */
interface ExamplePaper {
  readonly name: string;
  readonly listed: string;
  readonly gained: number;
  /** In how many hours. */
  readonly hours: number;
  /** Upvotes in all. */
  readonly total: number;
  /** What speed and age make of the gain. */
  readonly speed: string;
  readonly freshness: string;
  readonly points: number;
}

/** Computed by formula 2; a test computes them anew. */
export const example: readonly ExamplePaper[] = [
  {
    name: 'Lantern',
    listed: 'today',
    gained: 24,
    hours: 8,
    total: 24,
    speed: '1.61',
    freshness: '0.94',
    points: 37,
  },
  {
    name: 'Harbour',
    listed: 'yesterday',
    gained: 40,
    hours: 24,
    total: 50,
    speed: '1',
    freshness: '0.79',
    points: 32,
  },
  {
    name: 'Meadow',
    listed: '4 days ago',
    gained: 40,
    hours: 24,
    total: 340,
    speed: '1',
    freshness: '0.47',
    points: 19,
  },
];

/** Says in plain words what decides the order of the papers; mails link to it. */
export function HowPage({ pagesUrl }: { pagesUrl: string }) {
  const description =
    'How Paperboy ranks papers: what the trend score counts, the formula, and how much a rank is to be trusted.';

  return (
    <MessagePage title="Why this order?" about={{ description, url: `${pagesUrl}/how` }}>
      <p class="lead">
        Papers come in the order of how fast they are rising, not of how popular they are. The order is the same for
        everybody: your topics only decide which of the papers you get.
      </p>
      <h2>What counts</h2>
      <dl>
        <dt>Upvotes gained in the last 24 hours</dt>
        <dd>Those on Hugging Face's page of the paper. What it had before does not count.</dd>
        <dt>Speed</dt>
        <dd>The same gain in six hours instead of 24 counts almost twice as much.</dd>
        <dt>Code</dt>
        <dd>
          A new star on GitHub counts half as much as an upvote, and to have any stars at all is worth a little more.
        </dd>
        <dt>Age</dt>
        <dd>
          Four days after it was listed, a paper needs twice the gain for the same place; after eight days, four times.
        </dd>
      </dl>
      <h2>An example</h2>
      <p>
        Three papers at eight in the morning, their upvotes in all, and what they gained in how many hours. Meadow is by
        far the best known, but Lantern is the one that is rising:
      </p>
      <ExampleChart />
      <ExampleTable />
      <p>
        Points are the gain times speed times freshness: for Lantern, 24 × {example[0]?.speed} × {example[0]?.freshness}{' '}
        = {example[0]?.points}.
      </p>
      <h2>Four rules</h2>
      <ul>
        <li>At most two papers of one submitter are among the first ten.</li>
        <li>
          Papers published more than 30 days ago are left out, unless they are rising again or their code has just
          appeared. These are marked “Resurfaced”, and are at most one in ten.
        </li>
        <li>
          In a digest, one topic takes at most half of the places, as long as your other topics have enough to fill the
          rest.
        </li>
        <li>No paper comes to you twice.</li>
      </ul>
      <h2>What does not count</h2>
      <p>
        Who wrote a paper, and where. What you or anybody else opens or clicks: we do not know it. Money: no place is
        for sale. And no language model has a say in the order.
      </p>
      <p>
        <a class="standalone" href="/hindsight">
          How well it worked: each edition a week later
        </a>
      </p>
    </MessagePage>
  );
}

const [left, unit] = [78, 7.2] as const;
const rowHeight = 52;

/** Beside each other what each paper gained and what that is worth; the table has the same figures. */
function ExampleChart() {
  return (
    <svg class="chart" viewBox="0 0 400 182" role="img" aria-labelledby="how-title how-description">
      <title id="how-title">What three papers gained, and what it is worth</title>
      <desc id="how-description">
        {example.map(({ name, gained, points }) => `${name}: ${gained} upvotes, ${points} points.`).join(' ')}
      </desc>
      {example.map(({ name, gained, points }, row) => {
        const top = row * rowHeight;
        return (
          <>
            <text x="0" y={top + 24}>
              {name}
            </text>
            <path class="raw" d={`M${left} ${top + 12}h${Math.round(gained * unit)}`} />
            <rect class="ours" x={left} y={top + 18} width={Math.round(points * unit)} height="16" />
            <text class="within" x={left + 6} y={top + 30}>
              {points}
            </text>
          </>
        );
      })}
      <path class="raw" d={`M${left} 168h28`} />
      <text x={left + 34} y="172">
        upvotes gained
      </text>
      <rect class="ours" x={left + 150} y="160" width="28" height="16" />
      <text x={left + 184} y="172">
        points
      </text>
    </svg>
  );
}

function ExampleTable() {
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Paper</th>
          <th scope="col">Listed</th>
          <th scope="col">In all</th>
          <th scope="col">Gained</th>
          <th scope="col">Hours</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        {example.map(({ name, listed, total, gained, hours, points }) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{listed}</td>
            <td>{total}</td>
            <td>{gained}</td>
            <td>{hours}</td>
            <td>{points}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
