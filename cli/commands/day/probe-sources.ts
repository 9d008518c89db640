import { whatWentWrong } from '../../../shared/sources/fetch-once.js';

/** The sources that are read, each with a small question that changes nothing. */
const questions = {
  'Hugging Face': 'https://huggingface.co/api/daily_papers?limit=1',
  arXiv: 'https://rss.arxiv.org/',
} as const;

const mostMs = 10_000;

/** How a source answered: `failure` says in words why it did not. */
interface SourceProbe {
  readonly source: string;
  readonly failure?: string;
}

/** Asks both sources at once whether they answer, and gives up after ten seconds in all. */
export function probeSources(fetch: typeof globalThis.fetch = globalThis.fetch, ms = mostMs): Promise<SourceProbe[]> {
  const signal = AbortSignal.timeout(ms);
  return Promise.all(
    Object.entries(questions).map(async ([source, url]) => {
      try {
        const { status } = await fetch(url, { method: 'HEAD', signal });
        // A page that is not there is an answer, too; a server that is down has none.
        return status < 500 ? { source } : { source, failure: `HTTP ${status}` };
      } catch (error) {
        return { source, failure: signal.aborted ? `no answer within ${ms / 1000} s` : whatWentWrong(error) };
      }
    }),
  );
}
