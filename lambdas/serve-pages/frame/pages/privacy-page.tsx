import { pageVersion } from '../../../../shared/contract/page-version.js';
import { MessagePage } from './layout.js';

/** Who answers for this installation. */
export interface Publisher {
  /** `Name <address>` or an address. */
  readonly sender: string;
  readonly postalAddress: string;
  readonly contact: string;
}

/** What is stored, why, and for how long, by line: whoever changes a period in the code changes it here too. */
const kept: readonly (readonly [what: string, why: string])[] = [
  [
    'Your email address, topics and filters, delivery days, hour and time zone, the maximum number of papers, and whether you want AI summaries and email on quiet days',
    'To send you the digest. Kept until you erase it; unsubscribing alone does not delete it.',
  ],
  [
    'The authors, organisations and words that you leave out',
    'So that none of them comes in your digests. Kept as long.',
  ],
  [
    'The papers that you named, or pressed as more or less like what you want: their ids and titles, the words of their abstracts with how often each occurs, and what you changed about those words',
    'To find papers like them. Nobody else can see them. Kept until you remove the topic or erase your data.',
  ],
  [
    'The same, while you have not confirmed',
    'To know what to send once you do. It expires 48 hours after you sent the form and is deleted within two days of that.',
  ],
  [
    'When you last made an address for your private feed, if you use one',
    'So that its earlier addresses open nothing. Kept until you turn the feed off or erase your data.',
  ],
  ['Which papers we sent you', 'So that you get no paper twice. 45 days.'],
  ['What became of your last seven digests: sent, nothing new, failed', 'To find faults, and to send no digest twice.'],
  [
    'A journal of when and how you signed up, confirmed, changed, paused, unsubscribed or erased, and which version of this page was shown',
    'To show that we write only to people who asked for it. Kept permanently, under a keyed hash and without your address.',
  ],
  [
    'A note, if an email to you bounced or was reported as spam',
    'So that we stop writing to that address. After a spam report we never write again; after bounces we write only if you sign up again, to ask you to confirm. If you erase your data, the note stays under the keyed hash, without your address.',
  ],
  [
    'How many confirmation emails we sent to your address, under the keyed hash',
    'So that nobody can flood your inbox. Kept until you confirm or erase your data.',
  ],
  [
    'When we sent you a welcome, a goodbye or a link to change your address, under the keyed hash',
    'So that none comes twice in a day. It expires after two days and is deleted within two days of that, or as soon as you erase your data.',
  ],
  [
    'How many forms were sent from your network and for your email provider, each under a keyed hash whose key changes every day; and that a form was sent, under a keyed hash',
    'So that robots cannot use up the emails that we can send. It expires after a day and is deleted within two days of that. Your IP address is used for this at once and not stored.',
  ],
  ['Which digests you were due to get, under the keyed hash', 'To account for every email. 400 days.'],
  [
    'Messages between the parts of Paperboy, such as the form you sent',
    'To do what you asked for. At most a day; a message that keeps failing is set aside for repair, for at most 14 days.',
  ],
  [
    'Logs, without addresses and without links; of a request for a page only its kind, status and duration',
    'To find faults and floods of requests. One month.',
  ],
  ['Backups of our tables', 'To recover from accidents. 35 days.'],
  [
    'Public figures about papers: upvotes, comments, stars',
    'To see which papers are rising. They say nothing about you. 90 days.',
  ],
];

/** Who runs this, what is stored, and how to get a copy of it or erase it. */
export function PrivacyPage({ sender, postalAddress, contact, pagesUrl }: Publisher & { readonly pagesUrl: string }) {
  const description = 'What Paperboy keeps of its subscribers, for how long, and how to get or erase it.';

  return (
    <MessagePage title="Privacy" about={{ description, url: `${pagesUrl}/privacy` }}>
      <h2>Who runs this</h2>
      <p>
        Emails are sent by {sender}, {postalAddress}. For questions write to <a href={`mailto:${contact}`}>{contact}</a>
        .
      </p>
      <h2>What we store about you, why, and for how long</h2>
      <dl>
        {kept.map(([what, why]) => (
          <>
            <dt>{what}</dt>
            <dd>{why}</dd>
          </>
        ))}
      </dl>
      <h2>What we do not do</h2>
      <p>
        We do not track you. No image or link tells us whether you read or click, nothing is loaded from other sites,
        and we do not store your IP address: of the network that it belongs to, we keep a keyed hash for a day. We set a
        single cookie: for ten minutes after you send the form, your browser keeps the address you typed, so that the
        next page can show it to you.
      </p>
      <p>
        Your private feed, which exists only if you make one, shows the papers of your last 14 digests to whoever has
        its address, and neither your email address nor your topics. Reading it is not recorded. The address stops
        working when you change it, turn the feed off, unsubscribe or erase your data.
      </p>
      <h2>Who else sees your data</h2>
      <p>
        Everything runs in one Amazon Web Services account. Amazon SES delivers our emails on our behalf, so it sees
        your address and every email to it. If an email to you is reported as spam, SES keeps your address on the
        account's suppression list. We share your data with nobody else.
      </p>
      <h2>Your rights</h2>
      <p>
        The preferences link in every digest opens a page where you can change your data, download all of it as a file,
        and erase it. One click in any digest unsubscribes you. If you have no email from us at hand, write to{' '}
        <a href={`mailto:${contact}`}>{contact}</a>. You may also complain to the data protection authority where you
        live.
      </p>
      <p class="soft small">Version {pageVersion} of the form and this page.</p>
    </MessagePage>
  );
}
