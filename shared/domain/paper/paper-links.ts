import { parseUrl } from '../text/parse-url.js';
import type { Paper } from './paper.js';
import type { PaperId } from './paper-id.js';

/**
 * Where to read more; every address is `https:` and rebuilt from the paper's id, or was allow-listed when it came in.
 */
interface PaperLinks {
  readonly paper: string;
  readonly pdf: string;
  readonly code?: string;
  readonly project?: string;
  readonly discussion?: string;
}

const repository = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/;

/** Canonical text of an `https:` address without user info; `undefined` for every other text. */
function webPage(text: string | undefined): string | undefined {
  const url = parseUrl(text ?? '');
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

/** A paper's page on arXiv. */
export function arxivPage(id: PaperId): string {
  return `https://arxiv.org/abs/${id}`;
}

/** A paper's links; the discussion is there only when the paper came from Hugging Face's daily list. */
export function paperLinks(paper: Paper): PaperLinks {
  const project = webPage(paper.projectUrl);
  return {
    paper: arxivPage(paper.id),
    pdf: `https://arxiv.org/pdf/${paper.id}`,
    ...(paper.codeUrl && repository.test(paper.codeUrl) ? { code: paper.codeUrl } : {}),
    ...(project ? { project } : {}),
    ...(paper.sources.includes('hugging-face') ? { discussion: `https://huggingface.co/papers/${paper.id}` } : {}),
  };
}
