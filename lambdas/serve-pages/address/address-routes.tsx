import type { Context, Hono } from 'hono';
import { subscriberId } from '../../../shared/contract/ids.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { valuesOf } from '../../../shared/domain/subscriber/own-filters.js';
import { parseTypedAddress } from '../../../shared/domain/subscriber/sign-up/typed-address.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { addressLinkMinutes, addressPath } from '../../../shared/mail/send/installation.js';
import { verifyToken } from '../../../shared/runtime/tokens.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf, ownForms } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { tokenOf } from '../frame/signed-link.js';
import { originOfHolder } from '../subscribe/request-origin.js';
import { toInbox } from '../subscribe/subscription-routes.js';
import { AddressPage } from './pages/address-page.js';

/** Nobody mistypes an address more often in a day; whoever sends more is asking strangers. */
const mostADay = 10;

/** Where a subscriber enters a new address, by the link that was mailed to the present one. */
export function addressRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(addressPath, ownForms);
  app.get(addressPath, async (context) =>
    (await holderOf(context, deps)) ? context.html(<AddressPage token={tokenOf(context)} />) : deadLink(context),
  );
  app.post(addressPath, async (context) => {
    const holder = await holderOf(context, deps);
    if (!holder) return deadLink(context);
    const fields = await formOf(context, { single: ['address'], repeated: [] });
    if (fields instanceof Response) return fields;
    const [typed = ''] = valuesOf(fields, 'address');
    const read = parseTypedAddress(typed);
    if (!read.ok) {
      const page = <AddressPage token={tokenOf(context)} typed={typed} errors={{ address: read.message }} />;
      return context.html(page, 422);
    }
    // Whether the address is known decides what is mailed, and nothing of what is answered here.
    const { address } = read;
    const requestedAt = deps.now();
    const origin = originOfHolder({ holder, address }, (await deps.keys()).identity, requestedAt);
    if ((await deps.requests.count(origin, requestedAt)).networkToday > mostADay) return tooMany(context);
    const request = { subscriber: holder, address, page: pageVersion, requestedAt, origin };
    await deps.enqueue([{ kind: 'change-address', ...request }]);
    return toInbox(context, address);
  });
}

/** Whom the link names, while it works and there is a subscription to move. */
async function holderOf(context: Context, deps: ServePagesDeps): Promise<SubscriberId | undefined> {
  const { signing } = await deps.keys();
  const minute = Math.floor(deps.now() / minuteMs);
  const claims = verifyToken(signing, 'address', tokenOf(context), minute, addressLinkMinutes);
  const id = subscriberId.safeParse(claims?.subscriber).data;
  const status = id && (await deps.subscribers.statusOf(id, deps.now()));
  return status === 'active' || status === 'paused' ? id : undefined;
}

function tooMany(context: Context) {
  const advice = 'You have entered so many addresses today that we take no more until tomorrow.';
  return context.html(<AdvicePage title="Too many requests" advice={advice} />, 429);
}

function deadLink(context: Context) {
  const advice =
    'A link to change your address works for one hour, and until the address has changed. To get another, open the ' +
    'preferences link in your latest digest.';
  return context.html(<AdvicePage title="This link does not work" advice={advice} />, 403);
}
