import { MessagePage } from '../../frame/pages/message-page.js';

/** What everybody sees who sent the form, whatever the address is to us. */
export function CheckInboxPage() {
  return (
    <MessagePage title="Look into your inbox">
      <p class="lead">
        If we may write to the address that you gave, a mail is on its way. Open the link in it to confirm.
      </p>
      <p>The link works for 48 hours. Until then, and without it, you get nothing else from us.</p>
      <h2>Nothing there?</h2>
      <p>
        Give it an hour, and look into the spam folder. We send one such mail to an address in 24 hours, and never more
        than three, so that nobody can flood an inbox with them. If the address had a typing error,{' '}
        <a href="/">fill in the form again</a>.
      </p>
    </MessagePage>
  );
}

/** Asks before it acts: mail scanners follow every link. Shows nothing that was chosen: the reader may be somebody else. */
export function ConfirmPage({ token }: { token: string }) {
  return (
    <MessagePage title="One step left">
      <p class="lead">Do you want a daily mail from Paperboy at this address?</p>
      <form method="post" action={`/confirm?token=${encodeURIComponent(token)}`}>
        <button type="submit" class="wide">
          Yes, subscribe me
        </button>
      </form>
      <h2>That was not you?</h2>
      <p>Close this page. Nothing will be sent, and what was typed is deleted.</p>
    </MessagePage>
  );
}

export function ConfirmedPage({ preferencesToken }: { preferencesToken: string }) {
  return (
    <MessagePage title="You are subscribed">
      <p class="lead">A welcome is on its way. After that, one mail a day, whenever there is something for you.</p>
      <p>
        <a class="button quiet" href={`/preferences?token=${encodeURIComponent(preferencesToken)}`}>
          See or change what you get
        </a>
      </p>
    </MessagePage>
  );
}

/** The same for a link that was used, has run out, or never was one. */
export function SpentConfirmationPage() {
  return (
    <MessagePage title="This link is used up">
      <p>
        A confirmation link works once, for 48 hours. If you have pressed its button before, you are subscribed, and all
        is well: look for the welcome in your inbox.
      </p>
      <p>Otherwise fill in the form again, and we send you a new one.</p>
      <p>
        <a class="button" href="/">
          To the form
        </a>
      </p>
    </MessagePage>
  );
}
