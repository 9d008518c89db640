import { restMs, retryAfterMs } from './announced-limits.js';
import {
  fetchOnce,
  type Outgoing,
  type Reply,
  type RequestLimits,
  seconds,
  Unanswered,
  whatWentWrong,
} from './fetch-once.js';
import type { Gate, Sleep } from './paced.js';

/** Time shared by several requests; each one uses up what it spends, waits included. */
export interface TimeBudget {
  leftMs: number;
}

type Post = Required<Outgoing>;

export interface Question {
  /** Makes it a POST; redirects are then not followed, since the headers may hold a token. */
  readonly post?: Post;
  /** Statuses besides 200–299 whose body is an answer too. */
  readonly alsoAnswers?: readonly number[];
  /** Why a text is not an answer although its status says so; it is then requested again. */
  readonly objection?: (text: string) => string | undefined;
  readonly budget?: TimeBudget;
  /** Instead of the usual number of tries. */
  readonly tries?: number;
}

/** Asks for a text; throws an error that says in one line why there was no answer. */
export type FetchText = (url: string, question?: Question) => Promise<string>;

export interface PoliteFetchOptions {
  /** Email address in the user agent. */
  readonly contact: string;
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  /** A gate over all requests, where only one connection at a time is allowed. */
  readonly gate?: Gate;
  readonly limits?: Partial<FetchLimits>;
  readonly now?: () => number;
}

const usualLimits = {
  startMs: 15_000,
  idleMs: 10_000,
  wholeMs: 45_000,
  maxBytes: 16 * 1024 * 1024,
  /** For one request with all its tries and waits, unless it brings a budget. */
  questionMs: 60_000,
  tries: 4,
  /** Pause after the first try; it doubles with every further try, and up to half of it is random. */
  firstPauseMs: 1000,
} satisfies RequestLimits & Record<string, number>;

export type FetchLimits = Readonly<typeof usualLimits>;

const mostRedirects = 5;

/** Asking again may help: the reason, and how long the server wants us to wait. */
interface Again {
  readonly reason: string;
  readonly afterMs: number;
  readonly status?: number;
}

/**
 * A fetch that the sources' owners can live with: it waits when told to (`Retry-After`, rate limits), tries again with
 * growing, jittered pauses after 429, 5xx, lost connections and "Rate exceeded.", and gives up in bounded time.
 */
export function politeFetch(options: PoliteFetchOptions): FetchText {
  const limits = { ...usualLimits, ...options.limits };
  const now = options.now ?? (() => performance.now());
  const restingUntil = new Map<string, number>();

  const rest = async (origin: string, budget: TimeBudget) => {
    const ms = (restingUntil.get(origin) ?? 0) - now();
    if (ms > 0) await wait(ms, 'the rate limit is used up', budget, options.sleep);
    restingUntil.delete(origin);
  };

  const tryOnce = async (url: string, question: Question, budget: TimeBudget): Promise<string | Again> => {
    const startedAt = now();
    try {
      const wholeMs = Math.min(limits.wholeMs, budget.leftMs);
      const reply = await followRedirects(url, question, options, { ...limits, wholeMs });
      const restsMs = restMs(reply.headers);
      if (restsMs > 0) restingUntil.set(new URL(url).origin, now() + restsMs);
      return judge(reply, question);
    } catch (error) {
      if (error instanceof Unanswered) throw error;
      return { reason: whatWentWrong(error), afterMs: 0 };
    } finally {
      budget.leftMs -= now() - startedAt;
    }
  };

  return async (url, question = {}) => {
    const budget = question.budget ?? { leftMs: limits.questionMs };
    for (let tries = 1; ; tries += 1) {
      if (budget.leftMs <= 0) throw new Unanswered('no time was left to ask');
      await rest(new URL(url).origin, budget);
      const answer = await tryOnce(url, question, budget);
      if (typeof answer === 'string') return answer;
      if (tries >= (question.tries ?? limits.tries))
        throw new Unanswered(tries > 1 ? `${answer.reason} (asked ${tries} times)` : answer.reason, answer.status);
      const growing = limits.firstPauseMs * 2 ** (tries - 1) * (0.5 + options.random() / 2);
      await wait(Math.max(answer.afterMs, growing), answer.reason, budget, options.sleep);
    }
  };
}

async function wait(ms: number, why: string, budget: TimeBudget, sleep: Sleep): Promise<void> {
  if (ms >= budget.leftMs) {
    throw new Unanswered(`${why}, and a wait of ${seconds(ms)} is more than the ${seconds(budget.leftMs)} left`);
  }
  budget.leftMs -= ms;
  await sleep(ms);
}

async function followRedirects(
  url: string,
  question: Question,
  options: PoliteFetchOptions,
  limits: RequestLimits,
): Promise<Reply> {
  const gate: Gate = options.gate ?? ((task) => task());
  const { post } = question;
  const headers = { ...post?.headers, 'user-agent': `Paperboy/0.1 (+mailto:${options.contact})` };
  const outgoing = { ...post, headers };
  let at = url;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const here = at;
    const reply = await gate(() =>
      fetchOnce(here, options.fetch, outgoing, limits, (status) => isAnswer(status, question)),
    );
    const target = reply.headers.get('location');
    if (post || ![301, 302, 303, 307, 308].includes(reply.status) || !target) return reply;
    at = redirectTarget(target, here);
  }
  throw new Unanswered(`more than ${mostRedirects} redirects`);
}

function redirectTarget(target: string, from: string): string {
  const url = URL.canParse(target, from) ? new URL(target, from) : undefined;
  if (!url || (url.protocol !== 'https:' && url.origin !== new URL(from).origin)) {
    throw new Unanswered(`a redirect to ${url ? url.origin.slice(0, 100) : 'no address'} is not followed`);
  }
  return url.href;
}

function isAnswer(status: number, question: Question): boolean {
  return (status >= 200 && status < 300) || (question.alsoAnswers ?? []).includes(status);
}

function judge({ status, headers, text }: Reply, question: Question): string | Again {
  const afterMs = retryAfterMs(headers) ?? 0;
  if (status === 408 || status === 429 || status >= 500) return { reason: `HTTP ${status}`, afterMs, status };
  if (!isAnswer(status, question)) throw new Unanswered(`HTTP ${status}`, status);
  // arXiv says it with status 200, in plain text.
  const reason = /^\s*rate exceeded\.?\s*$/i.test(text) ? '"Rate exceeded."' : question.objection?.(text);
  return reason === undefined ? text : { reason, afterMs };
}
