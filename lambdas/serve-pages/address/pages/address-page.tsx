import { addressPath } from '../../../../shared/mail/send/installation.js';
import { ariaOf, ErrorSummary, Field, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout, MessagePage } from '../../frame/pages/layout.js';

interface AddressPageProps {
  readonly token: string;
  readonly typed?: string;
  readonly errors?: FieldErrors;
}

/** Asks for the new address; never shows the present one. */
export function AddressPage({ token, typed = '', errors = {} }: AddressPageProps) {
  const title = 'Change your address';
  return (
    <Layout title={errors.address === undefined ? title : `Error: ${title}`}>
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      <p class="lead">We send a link to the new address. Until you confirm there, nothing changes.</p>
      <p>Your topics, your settings and the record of what you have seen come along.</p>
      <form class="coupon" method="post" action={`${addressPath}?token=${encodeURIComponent(token)}`} novalidate>
        <Field id="address" label="New email address" errors={errors}>
          <input
            type="email"
            id="address"
            name="address"
            value={typed}
            autocomplete="email"
            required
            {...ariaOf('address', errors)}
          />
        </Field>
        <button type="submit" class="wide">
          Send the link
        </button>
      </form>
    </Layout>
  );
}

/** Asks before it acts: mail scanners follow every link. Shows nothing of the subscription: the reader may be somebody else. */
export function ConfirmAddressPage({ token }: { token: string }) {
  return (
    <MessagePage title="One more step">
      <p class="lead">Do you want to get your Paperboy digest at this address from now on?</p>
      <form method="post" action={`/confirm?token=${encodeURIComponent(token)}`}>
        <button type="submit" class="wide">
          Yes, use this address
        </button>
      </form>
      <h2>Wasn't you?</h2>
      <p>Close this page. We will send you nothing more, and what was entered will be deleted.</p>
    </MessagePage>
  );
}

/** `isPaused`: whether the digest is, so that none comes with a link to the preferences. */
export function AddressConfirmedPage({ isPaused }: { isPaused: boolean }) {
  return (
    <MessagePage title="Your address is changed">
      <p class="lead">
        {isPaused ? 'Your digest stays paused; once that is over, it comes' : 'Your next digest comes'} to this address.
        We send a short note to the old one and delete it.
      </p>
      <p>
        If a digest is on its way to the old address just now, we wait until it has arrived, so that nothing is sent
        twice. <ToPreferences isPaused={isPaused} />
      </p>
    </MessagePage>
  );
}

function ToPreferences({ isPaused }: { isPaused: boolean }) {
  if (!isPaused) return <>To view or change your preferences, open the link at the end of your next digest.</>;
  return (
    <>
      To resume, or to change your preferences, enter this address on <a href="/">the front page</a> and press “Get your
      link”.
    </>
  );
}
