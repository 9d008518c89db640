import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { type PublishingTime, whyNotToday } from '../../editions/pages/edition-page.js';
import { PaperList } from '../../editions/pages/paper-list.js';
import { ariaOf, ErrorSummary, Field } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { TryFilters } from '../../search/pages/filter-fields.js';
import { honeypot } from '../request-subscription.js';
import { ChoiceFields, type ChoiceFieldsProps } from './choice-fields.js';

/** The front page shows the top of the newest edition. */
const shownPapers = 10;

interface SubscriptionFormProps extends ChoiceFieldsProps {
  readonly stamp: string;
}

interface NewestEditionProps {
  readonly edition: Edition;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
  readonly time: PublishingTime;
}

interface FrontPageProps extends SubscriptionFormProps {
  /** Absent when none has come out in the last seven days. */
  readonly newest: NewestEditionProps | undefined;
}

/** The form, and the newest edition below it. */
export function FrontPage({ newest, ...form }: FrontPageProps) {
  const { errors } = form;
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <Layout title={hasErrors ? 'Error: Subscribe' : 'Subscribe'}>
      <ErrorSummary errors={errors} />
      <h1>The papers rising in your field, in one email a day</h1>
      <p class="lead">
        Choose your topics and a time of day. Every day Paperboy goes through the new papers and emails you the few that
        are rising fastest <em>in your topics</em>, and tells you why.
      </p>
      <SubscriptionForm {...form} />
      {newest ? <NewestEdition {...newest} /> : <NoEdition />}
    </Layout>
  );
}

function SubscriptionForm({ stamp, ...choices }: SubscriptionFormProps) {
  const { values, errors } = choices;
  return (
    <form class="coupon" method="post" action="/subscribe" novalidate>
      <input type="hidden" name="stamp" value={stamp} />
      <Field id="address" label="Email address" errors={errors} hint="We will send you an email asking you to confirm.">
        <input
          id="address"
          name="address"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          required
          value={values.address}
          {...ariaOf('address', errors, true)}
        />
      </Field>
      <div class="trap" aria-hidden="true">
        <label for={honeypot}>Leave this field empty</label>
        <input id={honeypot} name={honeypot} tabindex={-1} autocomplete="off" />
      </div>
      <ChoiceFields {...choices} />
      <button type="submit" class="wide">
        Subscribe
      </button>
      <TryFilters action="/subscribe/try" />
      <p class="small soft">
        Every digest has links to change these choices, pause, or unsubscribe.{' '}
        <a class="standalone" href="/privacy">
          What we store about you
        </a>
      </p>
    </form>
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
