import { MessagePage } from '../../frame/pages/message-page.js';

/** Asks before it acts: mail scanners follow every link. */
export function UnsubscribePage({ token }: { token: string }) {
  return (
    <MessagePage title="Stop the daily mail?">
      <p>You will get no further digest from this Paperboy, and at most one short goodbye.</p>
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
      <p>No further digest will be sent. A mail that was handed over before this moment may still arrive.</p>
      <p>
        What we keep of you stays until you erase it, on the page behind the link to your preferences in any digest. You
        may <a href="/">come back</a> at any time.
      </p>
    </MessagePage>
  );
}
