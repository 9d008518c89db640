import { MessagePage } from '../../frame/pages/layout.js';

/** Asks before everything is deleted. */
export function ErasePage({ token }: { token: string }) {
  const query = `?token=${encodeURIComponent(token)}`;
  return (
    <MessagePage title="Erase everything we store about you?">
      <p>
        We delete your address, your topics and settings, and the record of which papers you have seen, and send you no
        more email. This takes effect at once and cannot be undone. The links in your emails will stop working.
      </p>
      <p>
        We keep a journal without your address, of when you subscribed and when you left. If an email to you bounced or
        was reported as spam, we also keep a note of that, without your address, so that we stop writing to it.
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
      <p>Our backups keep them for up to 35 more days, and are used only to recover from accidents.</p>
    </MessagePage>
  );
}
