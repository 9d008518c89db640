import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { type PublishingTime, whyNotToday } from '../../editions/pages/edition-page.js';
import { PaperList } from '../../editions/pages/paper-list.js';
import { ErrorSummary } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { SignUpForm, type SignUpFormProps } from './sign-up-form.js';

/** The front page shows the top of the newest edition. */
const shownPapers = 3;

interface NewestEditionProps {
  readonly edition: Edition;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
  readonly time: PublishingTime;
}

interface FrontPageProps extends SignUpFormProps {
  /** Absent when none has come out in the last seven days. */
  readonly newest: NewestEditionProps | undefined;
  readonly pagesUrl: string;
}

const description =
  "Paperboy goes through each day's new papers and mails you the few that are rising fastest in your topics.";

/** The form, and the newest edition below it. */
export function FrontPage({ newest, pagesUrl, ...form }: FrontPageProps) {
  const { errors } = form;
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <Layout title={hasErrors ? 'Error: Subscribe' : 'Subscribe'} about={{ description, url: `${pagesUrl}/` }} hasForm>
      <h1>The papers rising in your field, in one email a day</h1>
      <ErrorSummary errors={errors} />
      <p class="lead">
        Paperboy goes through each day's new papers and mails you the few that are rising fastest{' '}
        <em>in your topics</em>. Each comes with the reason why.
      </p>
      <SignUpForm {...form} />
      {newest ? <NewestEdition {...newest} /> : <NoEdition />}
    </Layout>
  );
}

function NewestEdition({ edition, withdrawn, time }: NewestEditionProps) {
  const why = whyNotToday(edition.date, time);
  const count = edition.papers.length;
  return (
    <section class="edition" aria-labelledby="edition">
      <h2 id="edition">{why === '' ? "Today's edition" : 'The newest edition'}</h2>
      <p class="soft">
        {dayInWords(edition.date)}: {count > shownPapers ? `the top ${shownPapers} of ` : ''}
        {count} {count === 1 ? 'paper' : 'papers'} across all topics. {why}
      </p>
      <PaperList papers={edition.papers.slice(0, shownPapers)} withdrawn={withdrawn} />
      <p class="links">
        <a href={`/editions/${edition.date}`}>More from this edition</a>
        <a href="/how">Why this order?</a>
        <a href="/search">Search the archive</a>
      </p>
    </section>
  );
}

function NoEdition() {
  return <p class="soft">No edition has come out in the last seven days. The next one will be shown here.</p>;
}
