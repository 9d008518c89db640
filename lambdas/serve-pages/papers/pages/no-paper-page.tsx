import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { arxivPage } from '../../../../shared/domain/paper/paper-links.js';
import { AdvicePage, MessagePage } from '../../frame/pages/layout.js';

/** Says that there is no such paper here, and where it may be; without an id, that the address names none. */
export function NoPaperPage({ id }: { id?: PaperId }) {
  if (id === undefined) {
    const advice =
      'The address of a paper ends with its arXiv id, such as 2608.05987. Check it, or search for the title.';
    return <AdvicePage title="Not the id of a paper" advice={advice} />;
  }
  return (
    <MessagePage title="Paper not found">
      <p>
        Paperboy has not come across the paper {id}. It knows papers that Hugging Face listed, or arXiv announced in the
        categories it reads, since it began to look.
      </p>
      <p class="links">
        <a href={arxivPage(id)}>Look for it on arXiv</a>
        <a href="/search">Search the archive</a>
      </p>
    </MessagePage>
  );
}
