import { periodOf } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import { MessagePage } from '../../frame/pages/layout.js';
import { AfterAWeek, PauseButtons, type StandingProps, to } from './pauses.js';

/** Offers less mail first, then asks before it acts. */
export function LeavePage({ subscriber, time, token }: StandingProps & { token: string }) {
  return (
    <MessagePage title="Unsubscribe from your digest?">
      {periodOf(subscriber.profile.days) === 'week' ? null : (
        <>
          <h2>Or get fewer emails</h2>
          <p>Once a week, on Friday, with the week's best of your topics. You can choose another day later.</p>
          <div class="actions">
            <form method="post" action={to('/preferences/weekly', token)}>
              <button type="submit" class="quiet">
                Once a week
              </button>
            </form>
          </div>
        </>
      )}
      {subscriber.state.status === 'active' ? (
        <>
          <h2>Or take a break</h2>
          <AfterAWeek subscriber={subscriber} time={time} />
          <div class="actions">
            <PauseButtons token={token} />
          </div>
        </>
      ) : null}
      <h2>Leave</h2>
      <p>You will get no more digests, and one short goodbye email. You can undo it for 30 days.</p>
      <div class="actions">
        <form method="post" action={to('/preferences/unsubscribe', token)}>
          <button type="submit">Unsubscribe</button>
        </form>
        <a class="button quiet" href={to('/preferences', token)}>
          Back
        </a>
      </div>
    </MessagePage>
  );
}
