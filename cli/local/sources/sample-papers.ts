import { addDays, type CalendarDate, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';

interface SamplePaper {
  readonly title: string;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly daysAgo: number;
  readonly upvotes: number;
  readonly comments: number;
  readonly stars?: number;
  readonly organization?: string;
  readonly keywords: readonly string[];
}

const papers: readonly SamplePaper[] = [
  {
    title: 'Paged Prefix Sharing for Serving Large Language Models',
    summary:
      'Serving large language models wastes memory on prompts that many requests share. We keep the key-value cache of shared prefixes in pages that requests borrow, and we schedule requests by the pages they have in common. In simulation the throughput doubles while the tail latency of inference stays flat.',
    authors: ['Ada Example', 'Björn Muster'],
    daysAgo: 0,
    upvotes: 87,
    comments: 6,
    stars: 410,
    organization: 'Example University',
    keywords: ['LLM serving', 'KV cache', 'inference'],
  },
  {
    title: 'Speculative Decoding With a Draft That Knows When to Stop',
    summary:
      'Speculative decoding speeds up inference when the draft model is right. We train the draft to predict its own acceptance and to stop early. Large language models answer faster, and no token differs from what they would have written alone.',
    authors: ['Chiara Esempio'],
    daysAgo: 0,
    upvotes: 41,
    comments: 3,
    stars: 96,
    keywords: ['speculative decoding', 'large language models', 'latency'],
  },
  {
    title: 'Diffusion Models in 4 Steps: Distilling $\\epsilon$-Schedules',
    summary:
      'Text-to-image diffusion models need many denoising steps. We distil the whole schedule rather than single steps, and show that 4 steps keep the quality of 50. The loss is a weighted sum over $\\sigma_t$ and needs no second network.',
    authors: ['Dmitri Obrazets', 'Elif Örnek', 'Farah Mithal'],
    daysAgo: 0,
    upvotes: 63,
    comments: 4,
    organization: 'Sample Labs',
    keywords: ['diffusion models', 'distillation', 'image generation'],
  },
  {
    title: 'Video Diffusion That Remembers the Room It Left',
    summary:
      'Video generation forgets what leaves the picture. A diffusion transformer with a small spatial memory draws the same room again when the camera returns. We publish a benchmark of camera paths that leave and come back.',
    authors: ['Gita Udaharan'],
    daysAgo: 1,
    upvotes: 29,
    comments: 2,
    stars: 58,
    keywords: ['video generation', 'diffusion transformer', 'memory'],
  },
  {
    title: 'Reinforcement Learning From Rewards That Admit Doubt',
    summary:
      'Reward models are sure even where they have seen nothing. We let a reward model answer with an interval and optimize the policy against its lower end. Reinforcement learning from human feedback then hacks the reward less often.',
    authors: ['Hana Rei', 'Ivo Příklad'],
    daysAgo: 0,
    upvotes: 52,
    comments: 9,
    stars: 133,
    keywords: ['reinforcement learning', 'RLHF', 'reward models'],
  },
  {
    title: 'Offline Reinforcement Learning on One Robot and Many Mistakes',
    summary:
      'A robot arm learns from a log of failures only. Offline reinforcement learning with pessimistic values finds the few good moves in them. The policy solves seven of nine manipulation tasks without a single demonstration.',
    authors: ['Jun Rei'],
    daysAgo: 2,
    upvotes: 12,
    comments: 1,
    keywords: ['offline reinforcement learning', 'robotics'],
  },
  {
    title: 'Causal Inference With Proxies Nobody Measured',
    summary:
      'Hidden confounders spoil causal inference from observational data. We give conditions under which text about a patient serves as a proxy for what was not measured, and an estimator of the treatment effect with honest intervals.',
    authors: ['Kofi Nhwɛso', 'Lena Beispiel'],
    daysAgo: 1,
    upvotes: 8,
    comments: 0,
    organization: 'Example University',
    keywords: ['causal inference', 'confounding', 'treatment effects'],
  },
  {
    title: 'Do Language Models Know What Causes What?',
    summary:
      'We ask language models for causal graphs and for their answers to interventions, and find that the two contradict each other in a third of the cases. A short training on consistency closes half of that gap. The benchmark covers medicine, economics and games.',
    authors: ['Mina Namuna'],
    daysAgo: 0,
    upvotes: 19,
    comments: 5,
    keywords: ['causal reasoning', 'language models', 'benchmark'],
  },
  {
    title: 'A Vision-Language Model That Points at Its Evidence',
    summary:
      'Vision-language models answer questions about images without saying where they looked. Ours must mark a region for every claim and is rewarded when the claim fails without that region. Hallucinations fall, and people find its errors sooner.',
    authors: ['Nils Exempel', 'Olu Apẹẹrẹ'],
    daysAgo: 0,
    upvotes: 74,
    comments: 7,
    stars: 251,
    keywords: ['vision-language models', 'grounding', 'multimodal'],
  },
  {
    title: 'Reading Charts by Drawing Them Again',
    summary:
      'A vision-language model reads a chart by writing the code that draws it, and compares both pictures. Questions on the numbers are then answered by the code. The method needs no labelled tables.',
    authors: ['Pia Przykład'],
    daysAgo: 2,
    upvotes: 23,
    comments: 2,
    keywords: ['vision-language models', 'chart understanding'],
  },
  {
    title: 'Agents That Ask Before They Delete',
    summary:
      'Agents with tools do harm that cannot be undone. We learn which actions are final from their descriptions and make the agent ask a person before those alone. On 300 office tasks agents ask 1.4 times on average and no longer lose data.',
    authors: ['Quinn Sample', 'Rosa Muestra'],
    daysAgo: 0,
    upvotes: 118,
    comments: 14,
    stars: 902,
    organization: 'Sample Labs',
    keywords: ['agents', 'tool use', 'safety'],
  },
  {
    title: 'How Long Can a Coding Agent Keep a Promise?',
    summary:
      'Coding agents break rules that they were given a hundred steps before. We measure how long a rule is kept in repositories of growing size, and show that repeating it in the commit message works better than a longer context.',
    authors: ['Sven Eksempel'],
    daysAgo: 1,
    upvotes: 36,
    comments: 8,
    stars: 77,
    keywords: ['agents', 'code generation', 'long context'],
  },
];

/** Hours after which a paper has half of its votes. */
const halfHours = 18;

/**
 * Made-up papers for a machine without a network, in Hugging Face's shape, by the day of their list; marked in title
 * and id. Their counts start at 0 on that day and rise to what they are at `now`.
 */
export function bundledSample(today: CalendarDate, now: Instant): ReadonlyMap<CalendarDate, readonly unknown[]> {
  const days = new Map<CalendarDate, unknown[]>();
  for (const [index, paper] of papers.entries()) {
    const date = addDays(today, -paper.daysAgo);
    const hours = Math.max(0, now - startOf(date)) / hourMs;
    const risen = (count: number) => Math.round(count * (1 - 2 ** (-hours / halfHours)));
    days.set(date, [...(days.get(date) ?? []), itemOf(paper, index, today, risen)]);
  }
  return days;
}

function itemOf(paper: SamplePaper, index: number, today: CalendarDate, risen: (count: number) => number) {
  const title = `Sample: ${paper.title}`;
  const publishedAt = `${addDays(today, -paper.daysAgo - 1)}T00:00:00.000Z`;
  // arXiv numbers a month's papers from 00001 and has never come near 99900.
  const id = `${today.slice(2, 4)}${today.slice(5, 7)}.999${String(index + 1).padStart(2, '0')}`;
  return {
    paper: {
      id,
      authors: paper.authors.map((name) => ({ name, hidden: false })),
      publishedAt,
      title,
      summary: paper.summary,
      upvotes: risen(paper.upvotes),
      ai_keywords: paper.keywords,
      ...(paper.stars === undefined ? {} : { githubStars: risen(paper.stars) }),
      ...(paper.organization === undefined ? {} : { organization: { fullname: paper.organization } }),
    },
    publishedAt,
    title,
    numComments: risen(paper.comments),
  };
}
