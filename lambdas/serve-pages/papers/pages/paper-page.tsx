import { dateOf } from '../../../../shared/domain/calendar-date.js';
import { authorsWords } from '../../../../shared/domain/highlights/authors-words.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { arxivPage, paperLinks } from '../../../../shared/domain/paper/paper-links.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { shownText, shownTitle, singleLine } from '../../../../shared/domain/text/shown-text.js';
import { AiSummary } from '../../editions/pages/paper-list.js';
import { Layout } from '../../frame/pages/layout.js';
import type { PaperView } from '../open-paper.js';
import { Authors } from './authors.js';
import { MarkedAbstract } from './marked-abstract.js';
import { Rise } from './rise.js';

/** How much of the abstract is told to those who share the page, in UTF-16 units. */
const descriptionLength = 200;

/** More of a paper's versions are not linked one by one. */
const linkedVersions = 10;

interface PaperPageProps extends PaperView {
  /** The page's one address. */
  readonly url: string;
}

/** All there is to tell of one paper. */
export function PaperPage({ paper, ranked, standings, url }: PaperPageProps) {
  const title = shownTitle(paper);
  const words = authorsWords({ ...ranked, paper }, descriptionLength);
  const description = words === '' ? `The paper ${paper.id} of arXiv.` : words;
  const [newest, ...others] = standings;
  return (
    <Layout title={title} about={{ description, url }}>
      <article class="paper">
        <h1 dir="auto">{title}</h1>
        {paper.isWithdrawn ? (
          <p class="problems">
            <strong>Withdrawn.</strong> This paper has been withdrawn from arXiv.
          </p>
        ) : null}
        <Authors authors={paper.authors} />
        <About paper={paper} />
        <Links paper={paper} />
        <h2>Abstract</h2>
        <MarkedAbstract paper={paper} ranked={ranked} />
        {paper.aiSummary ? <AiSummary text={shownText(paper.aiSummary)} /> : null}
        {ranked && newest ? (
          <Rise ranked={ranked} standings={[newest, ...others]} />
        ) : (
          <p class="soft">No edition has had this paper yet, or none of those that are still known.</p>
        )}
        <Citations paper={paper} />
      </article>
    </Layout>
  );
}

function About({ paper: { id, organisation, categories, publishedAt, listedDays, version } }: { paper: Paper }) {
  const [listed] = listedDays;
  return (
    <dl class="facts">
      {organisation ? <Fact name="Organisation">{shownText(organisation)}</Fact> : null}
      {categories.length > 0 ? <Fact name="Categories">{categories.map(singleLine).join(', ')}</Fact> : null}
      <Fact name="Published">{dayInWords(dateOf(publishedAt))}</Fact>
      {listed ? <Fact name="Listed by Hugging Face">{dayInWords(listed)}</Fact> : null}
      <Fact name="arXiv id">{id}</Fact>
      {version !== undefined && version > 1 ? (
        <Fact name="Versions">
          <Versions id={id} newest={version} />
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children?: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The newest first. */
function Versions({ id, newest }: { id: Paper['id']; newest: number }) {
  const count = Math.min(newest, linkedVersions);
  return (
    <>
      {Array.from({ length: count }, (_, index) => newest - index).map((version) => (
        <>
          <a href={`${arxivPage(id)}v${version}`}>v{version}</a>{' '}
        </>
      ))}
    </>
  );
}

function Links({ paper }: { paper: Paper }) {
  const { paper: page, pdf, code, project, discussion } = paperLinks(paper);
  return (
    <p class="links">
      <a href={page}>Paper on arXiv</a>
      <a href={pdf}>PDF</a>
      {code ? <a href={code}>Code</a> : null}
      {project ? <a href={project}>Project</a> : null}
      {discussion ? <a href={discussion}>Discussion</a> : null}
    </p>
  );
}

function Citations({ paper: { id } }: { paper: Paper }) {
  return (
    <>
      <h2>Cite it</h2>
      <p class="links">
        <a href={`/papers/${id}/citation.bib`}>BibTeX</a>
        <a href={`/papers/${id}/citation.ris`}>RIS</a>
        <a href={`/papers/${id}/citation.json`}>CSL-JSON</a>
      </p>
    </>
  );
}
