import type { Context, Hono } from 'hono';
import { bibtexOf, cslJsonOf, risOf } from '../../../shared/domain/paper/citation/formats.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { type PaperId, parsePaperId } from '../../../shared/domain/paper/paper-id.js';
import { type OpenPaperDeps, openPaper } from './open-paper.js';
import { NoPaperPage } from './pages/no-paper-page.js';
import { PaperPage } from './pages/paper-page.js';

interface PaperRoutesDeps extends OpenPaperDeps {
  readonly pagesUrl: string;
}

interface Citation {
  readonly type: string;
  readonly write: (paper: Paper) => string;
}

const citations: Readonly<Record<string, Citation>> = {
  bib: { type: 'application/x-bibtex', write: bibtexOf },
  ris: { type: 'application/x-research-info-systems', write: risOf },
  json: {
    type: 'application/vnd.citationstyles.csl+json',
    write: (paper) => `${JSON.stringify(cslJsonOf(paper), null, 2)}\n`,
  },
};

/** Whatever follows `/papers/`: an id, which may have a slash and a version, and the name of a download. */
const address = /^(?<text>.*?)(?<file>\/citation\.(?<format>bib|ris|json))?$/s;

/** The page of a paper, and what reference managers read of it. */
export function paperRoutes(app: Hono, deps: PaperRoutesDeps): void {
  app.get('/papers/:address{.+}', async (context) => {
    const asked = context.req.param('address');
    const { text = '', file = '', format } = address.exec(asked)?.groups ?? {};
    const id = parsePaperId(text)?.id;
    if (id === undefined) return context.html(<NoPaperPage />, 404);
    // Of a version, of a PDF, or spelled as a source does: a paper has one page.
    if (id !== text) return context.redirect(`/papers/${id}${file}`, 301);
    const citation = format === undefined ? undefined : citations[format];
    return citation ? download(context, id, citation, deps) : show(context, id, deps);
  });
}

async function show(context: Context, id: PaperId, deps: PaperRoutesDeps) {
  const view = await openPaper(id, deps);
  if (view === 'unknown') return context.html(<NoPaperPage id={id} />, 404);
  return context.html(<PaperPage {...view} url={`${deps.pagesUrl}/papers/${id}`} />);
}

async function download(context: Context, id: PaperId, { type, write }: Citation, { describedPaper }: PaperRoutesDeps) {
  const paper = await describedPaper(id);
  if (!paper) return context.html(<NoPaperPage id={id} />, 404);
  const extension = context.req.path.split('.').at(-1);
  const name = `arxiv-${id.replace('/', '-')}.${extension}`;
  return context.body(write(paper), 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}
