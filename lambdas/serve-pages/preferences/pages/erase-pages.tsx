import { MessagePage } from '../../frame/pages/message-page.js';

/** Asks before everything is deleted. */
export function ErasePage({ token }: { token: string }) {
  const query = `?token=${encodeURIComponent(token)}`;
  return (
    <MessagePage title="Erase all that is kept of you?">
      <p>
        Your address, your topics and settings, and which papers you have seen are deleted at once, and no mail comes
        any more. This cannot be undone, and the links in your mails open nothing afterwards.
      </p>
      <p>
        What stays is a journal without your address: that you asked for mail, when, and that you left. If a mail to you
        came back or was reported, a mark stays too, also without your address, so that we do not write to it again.
      </p>
      <div class="actions">
        <form method="post" action={`/preferences/erase${query}`}>
          <button type="submit">Erase everything</button>
        </form>
        <a class="button quiet" href={`/preferences${query}`}>
          Back
        </a>
      </div>
    </MessagePage>
  );
}

export function ErasedPage() {
  return (
    <MessagePage title="Erased">
      <p>
        Your address and your settings are deleted. A mail that was handed over before this moment may still arrive.
      </p>
      <p>Backups of the tables still hold them for up to 35 days, and are read for nothing but a restore.</p>
    </MessagePage>
  );
}
