interface PrivateFeedProps {
  /** Of the Atom feed; absent while there is none. */
  readonly url: string | undefined;
  /** Where `feed` is posted: `new` or `off`. */
  readonly action: string;
}

/** The address of a subscriber's own feed, to be copied, changed and taken back. */
export function PrivateFeed({ url, action }: PrivateFeedProps) {
  return (
    <section id="feed" tabindex={-1}>
      <h2>Your private feed</h2>
      <p>
        For a feed reader: the papers of your last 14 digests. Reading it changes nothing, and the emails come as
        before. Whoever has its address can read it, so keep it to yourself.
      </p>
      {url === undefined ? null : (
        <div class="field">
          <label for="feed-url">Address of your feed</label>
          <p class="hint" id="feed-url-hint">
            This is an Atom feed. For a JSON Feed, write own.json in place of own.atom.
          </p>
          <input id="feed-url" type="url" readonly value={url} aria-describedby="feed-url-hint" />
        </div>
      )}
      <form method="post" action={action}>
        <div class="actions">
          <button type="submit" class="quiet" name="feed" value="new">
            {url === undefined ? 'Make a private feed' : 'Change its address'}
          </button>
          {url === undefined ? null : (
            <button type="submit" class="quiet" name="feed" value="off">
              Turn it off
            </button>
          )}
        </div>
      </form>
      {url === undefined ? null : <p class="soft small">After either, the present address no longer works.</p>}
    </section>
  );
}
