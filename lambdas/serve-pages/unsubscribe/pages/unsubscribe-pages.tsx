import { MessagePage } from '../../frame/pages/layout.js';

/** Asks before it acts: mail scanners follow every link. */
export function UnsubscribePage({ token }: { token: string }) {
  return (
    <MessagePage title="Unsubscribe from your digest?">
      <p>You will get no more digests, and at most one short goodbye email.</p>
      <form method="post" action={`/unsubscribe?token=${encodeURIComponent(token)}`}>
        <input type="hidden" name="from" value="page" />
        <button type="submit">Unsubscribe</button>
      </form>
    </MessagePage>
  );
}

export function UnsubscribedPage() {
  return (
    <MessagePage title="You are unsubscribed">
      <p>You will get no more digests. An email that was already on its way may still arrive.</p>
      <p>
        We keep what we store about you until you erase it. To do so, open the preferences link in any digest. You can{' '}
        <a href="/">subscribe again</a> at any time.
      </p>
    </MessagePage>
  );
}
