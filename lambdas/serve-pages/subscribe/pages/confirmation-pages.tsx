import { MessagePage } from '../../frame/pages/layout.js';

/** What everybody sees after sending the form, whether or not we know the address; it shows what we made of it. */
export function CheckInboxPage({ address }: { address: string | undefined }) {
  return (
    <MessagePage title="Check your inbox">
      <p class="lead">
        If we can send email to {address === undefined ? 'the address you gave' : <strong>{address}</strong>}, a message
        is on its way. Open the link in it to confirm.
      </p>
      <p>The link works for 48 hours. Unless you confirm, we will send you nothing else.</p>
      <h2>No email yet?</h2>
      <p>
        Give it an hour, and check your spam folder. Without JavaScript it takes at least ten minutes. So that nobody
        can flood an inbox, we send an address at most one such email in 24 hours, and at most three until it is
        confirmed. If you mistyped your address, <a href="/">fill in the form again</a>.
      </p>
    </MessagePage>
  );
}

interface ConfirmPageProps {
  readonly token: string;
  /** Names of the catalogue. */
  readonly topics: readonly string[];
  /** How many filters of their own somebody wrote: the reader may be somebody else, who reads no word of them. */
  readonly filters: number;
  /** Whether papers were named to learn a topic from. */
  readonly hasExamples: boolean;
  /** When the first digest would come, in words. */
  readonly next: string;
}

/** Asks before it acts: mail scanners follow every link. */
export function ConfirmPage({ token, topics, filters, hasExamples, next }: ConfirmPageProps) {
  const own = filters === 0 ? [] : [filters === 1 ? 'one filter of your own' : `${filters} filters of your own`];
  return (
    <MessagePage title="One more step">
      <p class="lead">Do you want a digest from Paperboy at this address?</p>
      <Choices topics={[...topics, ...own, ...(hasExamples ? ['papers like some that were named'] : [])]} />
      <p>A welcome comes at once, and your first regular digest {next}, if there is something new for you.</p>
      <form method="post" action={`/confirm?token=${encodeURIComponent(token)}`}>
        <button type="submit" class="wide">
          Yes, subscribe me
        </button>
      </form>
      <h2>Wasn't you?</h2>
      <p>Close this page. We will send you nothing more, and what was entered will be deleted.</p>
    </MessagePage>
  );
}

const Choices = ({ topics }: { topics: readonly string[] }) =>
  topics.length === 0 ? null : (
    <p>
      <strong>{topics.length === 1 ? 'Your topic:' : 'Your topics:'}</strong> {topics.join(' · ')}
    </p>
  );

interface ConfirmedPageProps {
  readonly preferencesToken: string;
  /** Names of topics and of own filters. */
  readonly topics: readonly string[];
  /** When the first digest is due, in words. */
  readonly next: string;
}

export function ConfirmedPage({ preferencesToken, topics, next }: ConfirmedPageProps) {
  return (
    <MessagePage title="You are subscribed">
      <p class="lead">A welcome is on its way, with what the latest edition has for you.</p>
      <Choices topics={topics} />
      <p>Your first regular digest comes {next}, if there is something new for you.</p>
      <p>
        <a class="button quiet" href={`/preferences?token=${encodeURIComponent(preferencesToken)}`}>
          View or change your preferences
        </a>
      </p>
    </MessagePage>
  );
}

/** For the link that has confirmed the subscription before. */
export function UsedConfirmationPage() {
  return (
    <MessagePage title="You are subscribed">
      <p class="lead">You have already confirmed with this link, and there is nothing left to do.</p>
      <p>To view or change your preferences, open the link at the end of any of our emails.</p>
    </MessagePage>
  );
}

/** The same for a link that has expired, was replaced by a newer one, or never existed. */
export function SpentConfirmationPage() {
  return (
    <MessagePage title="This link no longer works">
      <p>
        A confirmation link works once, within 48 hours. If you have already used it, you are subscribed and there is
        nothing left to do: look for the welcome in your inbox.
      </p>
      <p>Otherwise, fill in the form again and we will send you a new link.</p>
      <p>
        <a class="button" href="/">
          Go to the form
        </a>
      </p>
    </MessagePage>
  );
}
