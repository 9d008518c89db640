import { digestNowPath } from '../../../../shared/contract/page-routes.js';

/** Where the mail is shown; the script makes the frame anew for each, so that no preview becomes a step in the history. */
const frame = 'digest-now';

const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/**
 * Shows today's digest for what a form has chosen, by a button, or with the script whenever a choice changes. It must follow
 * the form's own button, because Enter in a field presses the first one. It posts, because all fields go along.
 */
export function DigestNow({ query = '' }: { query?: string }) {
  return (
    <div class="now">
      <button type="submit" class="quiet wide" formaction={`${digestNowPath}${query}`} formtarget={frame}>
        Show my digest now
      </button>
      <p class="small soft" id="digest-now-note" aria-live="polite" />
      <div id="digest-now" data-sandbox={sandbox} />
      <noscript>
        <p class="small soft">Press the button: the mail appears here.</p>
        <iframe name={frame} title="Today's digest for these topics" sandbox={sandbox} />
      </noscript>
    </div>
  );
}
