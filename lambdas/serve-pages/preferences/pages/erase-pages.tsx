import { MessagePage } from '../../frame/pages/layout.js';

/** Asks before everything is deleted. */
export function ErasePage({ token }: { token: string }) {
  const query = `?token=${encodeURIComponent(token)}`;
  return (
    <MessagePage title="Erase everything we store about you?">
      <p>
        Your address, your topics and settings, and the record of which papers you have seen are deleted at once, and
        you get no more email. This cannot be undone, and the links in your emails will stop working.
      </p>
      <p>
        What remains is a journal without your address: that and when you asked for email, and that you left. If an
        email to you bounced or was reported as spam, a mark remains too, also without your address, so that we do not
        write to it again.
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
    <MessagePage title="Your data is erased">
      <p>Your address and your settings are deleted. An email that was already on its way may still arrive.</p>
      <p>Backups hold them for up to 35 more days, and are used for nothing but recovery.</p>
    </MessagePage>
  );
}
