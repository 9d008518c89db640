import type { SubscriberProfile } from '../../../shared/domain/subscriber.js';
import type { Topic } from '../../../shared/domain/topic.js';
import { Layout } from './layout.js';

/** Asks before it acts: mail scanners follow every link. */
export function UnsubscribePage({ token }: { token: string }) {
  return (
    <Layout title="Unsubscribe">
      <h1>Stop the daily mail?</h1>
      <p>You will get no further digest from this Paperboy.</p>
      <form method="post" action={`/unsubscribe?token=${encodeURIComponent(token)}`}>
        <button type="submit">Unsubscribe</button>
      </form>
    </Layout>
  );
}

export function UnsubscribedPage() {
  return (
    <Layout title="Unsubscribed">
      <h1>You are unsubscribed</h1>
      <p>No further digest will be sent. A mail that was handed over before this moment may still arrive.</p>
    </Layout>
  );
}

/** Shows what a subscriber gets. */
export function PreferencesPage(props: {
  profile: SubscriberProfile;
  topics: readonly Topic[];
  isActive: boolean;
  contact: string;
  unsubscribeToken: string;
}) {
  const { profile, topics, isActive, contact, unsubscribeToken } = props;
  return (
    <Layout title="Your digest">
      <h1>Your digest</h1>
      {isActive ? null : <p>You are not subscribed at present.</p>}
      <dl>
        <dt>Topics</dt>
        <dd>{topics.map(({ name }) => name).join(', ')}</dd>
        <dt>Time</dt>
        <dd>
          {String(profile.hour).padStart(2, '0')}:00, {profile.timeZone}
        </dd>
        <dt>Papers in a mail</dt>
        <dd>at most {profile.maxPapers}</dd>
      </dl>
      <p>
        To change something, write to <a href={`mailto:${contact}`}>{contact}</a>.
      </p>
      {isActive ? (
        <p>
          <a href={`/unsubscribe?token=${encodeURIComponent(unsubscribeToken)}`}>Unsubscribe</a>
        </p>
      ) : null}
    </Layout>
  );
}

/** A page that only says something: not found, a link that no longer opens, a failure. */
export function NoticePage({ title, text }: { title: string; text: string }) {
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
    </Layout>
  );
}
