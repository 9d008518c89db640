import { MessagePage } from '../../frame/pages/layout.js';

/** Asks before it acts: mail scanners follow every link. */
export function UnsubscribePage({ token }: { token: string }) {
  return (
    <MessagePage title="Unsubscribe from your digest?">
      <p>
        Would fewer emails do? The preferences link in the same email lets you pause, or get the week's best once a
        week.
      </p>
      <p>If you unsubscribe, you will get no more digests, and at most one short goodbye email. You can undo it.</p>
      <form method="post" action={`/unsubscribe?token=${encodeURIComponent(token)}`}>
        <input type="hidden" name="from" value="page" />
        <button type="submit">Unsubscribe</button>
      </form>
    </MessagePage>
  );
}

/** Says that it is done, with the way back; opens nothing else, for whoever a mail was forwarded to may leave by it. */
export function UnsubscribedPage({ undoToken }: { undoToken: string }) {
  return (
    <MessagePage title="You are unsubscribed">
      <p>You will get no more digests. An email that was already on its way may still arrive.</p>
      <div class="actions">
        <UndoForm token={undoToken} label="Undo" isQuiet />
      </div>
      <p>
        We keep what we store about you until you erase it. To do so, open the preferences link in any digest. You can{' '}
        <a href="/">subscribe again</a> at any time.
      </p>
    </MessagePage>
  );
}

/** For a link of which nobody is known any more; does not tell who was erased from who moved. */
export function NothingSentPage() {
  return (
    <MessagePage title="Nothing is sent to this address">
      <p class="lead">Nothing is sent to this address any more.</p>
      <p>If your digest moved to another address, use the link in a mail there.</p>
    </MessagePage>
  );
}

function UndoForm({ token, label, isQuiet = false }: { token: string; label: string; isQuiet?: boolean }) {
  return (
    <form method="post" action={`/unsubscribe/undo?token=${encodeURIComponent(token)}`}>
      <button type="submit" class={isQuiet ? 'quiet' : undefined}>
        {label}
      </button>
    </form>
  );
}

/** Asks before it acts: mail scanners follow every link. */
export function UndoPage({ token }: { token: string }) {
  return (
    <MessagePage title="Get your digest again?">
      <p>It comes back as it was before you unsubscribed: the same topics, at the same hour.</p>
      <UndoForm token={token} label="Yes, subscribe me again" />
    </MessagePage>
  );
}

/** `next` is when the next digest is due, in words. */
export function ResubscribedPage({ next }: { next: string | undefined }) {
  return (
    <MessagePage title="You are subscribed again">
      {next ? <p class="lead">Your next digest comes {next}, if there is something new for you.</p> : null}
      <p>To view or change your preferences, open the link at the end of any of our emails.</p>
    </MessagePage>
  );
}

/** For whoever is subscribed already: by this link, or by the form. */
export function StillSubscribedPage() {
  return (
    <MessagePage title="You are subscribed">
      <p class="lead">There is nothing to undo: you get your digests.</p>
      <p>To view or change your preferences, open the link at the end of any of our emails.</p>
    </MessagePage>
  );
}
