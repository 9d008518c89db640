import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { Topic } from '../../../../shared/domain/subscriber/topic.js';
import { PaperList } from '../../editions/pages/paper-list.js';
import { describedBy, ErrorSummary, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { TryFilters } from '../../search/pages/filter-fields.js';
import type { FormFigures } from '../form-figures.js';
import type { FormValues } from '../form-values.js';
import { honeypot } from '../request-subscription.js';
import { ChoiceFields } from './choice-fields.js';

/** The front page shows the top of the newest edition. */
const shownPapers = 10;

interface FrontPageProps {
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly stamp: string;
  readonly catalogue: readonly Topic[];
  readonly figures: FormFigures;
  readonly edition: Edition | undefined;
}

/** The form, and today's edition below it. */
export function FrontPage({ edition, ...form }: FrontPageProps) {
  const { errors } = form;
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <Layout title={hasErrors ? 'Not sent yet: subscribe' : 'Subscribe'}>
      <ErrorSummary errors={errors} />
      <h1>The papers that rise in your field, one mail a day</h1>
      <p class="lead">
        Choose topics and an hour. Each day Paperboy looks through the new papers, and mails you the few that are rising
        fastest <em>in your topics</em>, and why.
      </p>
      <SubscriptionForm {...form} />
      {edition ? <TodaysEdition edition={edition} /> : <p class="soft">No edition yet: the first one comes soon.</p>}
    </Layout>
  );
}

function SubscriptionForm({ values, errors, stamp, catalogue, figures }: Omit<FrontPageProps, 'edition'>) {
  return (
    <form class="coupon" method="post" action="/subscribe" novalidate>
      <input type="hidden" name="stamp" value={stamp} />
      <div class="field">
        <label for="address">Mail address</label>
        <Hint of="address">We first send a mail that asks you to confirm.</Hint>
        <FieldError of="address" errors={errors} />
        <input
          id="address"
          name="address"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          required
          value={values.address}
          aria-describedby={describedBy('address', errors)}
          aria-invalid={errors.address ? 'true' : undefined}
        />
      </div>
      <div class="trap" aria-hidden="true">
        <label for={honeypot}>Leave this empty</label>
        <input id={honeypot} name={honeypot} tabindex={-1} autocomplete="off" />
      </div>
      <ChoiceFields values={values} errors={errors} catalogue={catalogue} figures={figures} />
      <button type="submit" class="wide">
        Subscribe
      </button>
      <TryFilters action="/subscribe/try" />
      <p class="small soft">
        Every mail has a link to change this, to pause and to leave.{' '}
        <a class="standalone" href="/privacy">
          What is kept of you
        </a>
      </p>
    </form>
  );
}

function TodaysEdition({ edition }: { edition: Edition }) {
  return (
    <section class="edition" aria-labelledby="edition">
      <h2 id="edition">Today's edition</h2>
      <p class="soft">
        {edition.date}: the first {Math.min(shownPapers, edition.papers.length)} of {edition.papers.length} papers, over
        all topics.
      </p>
      <PaperList papers={edition.papers.slice(0, shownPapers)} />
      <p class="links">
        <a href={`/editions/${edition.date}`}>More of the edition of {edition.date}</a>
        <a href="/search">Search the archive</a>
      </p>
    </section>
  );
}
