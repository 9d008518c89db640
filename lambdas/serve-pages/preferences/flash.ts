import type { Context } from 'hono';
import type { SubscriberStatus } from '../../../shared/domain/subscriber/subscriber.js';
import { tokenOf } from '../frame/signed-link.js';

/** How the last step on the page ended: what a redirect may say in an address, where nobody's words belong. */
const flashes = {
  saved: { done: 'Saved.' },
  rescheduled: { done: 'Saved.', isRescheduled: true },
  paused: { done: 'Paused.', onlyWhile: 'paused' },
  resumed: { done: 'Resumed.', onlyWhile: 'active' },
  unsubscribed: { done: 'You are unsubscribed.', onlyWhile: 'unsubscribed' },
  'link-sent': { done: 'A link goes to your present address, at most one in 24 hours; it works for one hour.' },
  'feed-new': { done: 'Your private feed has a new address: see below.' },
  'feed-off': { done: 'Your private feed is off. Its address no longer works.' },
  'not-saved': { refused: 'Not saved: you are not subscribed.' },
  'not-paused': { refused: 'Not paused: you are getting no digests at the moment.' },
  'not-resumed': { refused: 'Your digests were not paused.' },
  'feed-as-before': { refused: 'Not changed: use one of the buttons below your private feed.' },
  'no-link': { refused: 'No link was sent: you are not subscribed.' },
} as const;

export type FlashCode = keyof typeof flashes;
export type Flash =
  | { readonly done: string; readonly isRescheduled?: true; readonly onlyWhile?: SubscriberStatus }
  | { readonly refused: string };

const isFlashCode = (code: string): code is FlashCode => Object.hasOwn(flashes, code);

/** What the address says of the last step, if anything; nothing that `status` contradicts after a later step. */
export function flashOf(context: Context, status: SubscriberStatus): Flash | undefined {
  const code = context.req.query('done') ?? '';
  const flash: Flash | undefined = isFlashCode(code) ? flashes[code] : undefined;
  const isOver = flash && 'onlyWhile' in flash && flash.onlyWhile !== status;
  return isOver ? undefined : flash;
}

/** Leads back to the page after a step, so that a reload sends nothing again. */
export function backToPage(context: Context, code?: FlashCode): Response {
  const query = new URLSearchParams({ token: tokenOf(context), ...(code && { done: code }) });
  return context.redirect(`/preferences?${query}`, 303);
}
