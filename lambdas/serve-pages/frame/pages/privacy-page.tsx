import { pageVersion } from '../../../../shared/contract/page-version.js';
import { MessagePage } from './message-page.js';

/** Who answers for this installation. */
export interface Publisher {
  /** `Name <address>` or an address. */
  readonly sender: string;
  readonly postalAddress: string;
  readonly contact: string;
}

/** What is kept, why, and for how long, by line: a change of a term in the code belongs here too. */
const kept: readonly (readonly [what: string, why: string])[] = [
  [
    'Your mail address, your topics and filters, your hour and time zone, how many papers you want',
    'To send you the digest. Kept until you erase it; leaving alone does not delete it.',
  ],
  [
    'The same, while you have not confirmed',
    'To know what to send once you do. It expires 48 hours after you sent the form, and is deleted within two days after that.',
  ],
  ['Which papers you were shown, as short hashes', 'So that no paper comes twice. 31 days.'],
  ['How your last seven digests ended: sent, nothing new, failed', 'To find faults, and to repeat no mail.'],
  [
    'A journal: that you asked, confirmed, changed, paused, left or erased, when, how, and the version of the page',
    'To be able to show that we write only to those who asked. Kept for good, under a keyed hash and without your address.',
  ],
  [
    'A mark, when a mail to you came back or was reported as unwanted',
    'So that we do not write there again. After you erase, it stays under the keyed hash, without your address.',
  ],
  [
    'How often a confirmation was sent to your address, under the keyed hash',
    'So that nobody can flood your inbox. Until you confirm or erase.',
  ],
  [
    'When you were welcomed, and when goodbye was said, under the keyed hash',
    'So that neither mail comes twice. It expires after two days, and is deleted within two days after that, or when you erase.',
  ],
  ['Who belonged to which round of digests, under the keyed hash', 'To account for every mail. 400 days.'],
  [
    'Messages between the parts of Paperboy: the form you sent, on its way to the confirmation mail',
    'A day at most. One that keeps failing is set aside for 14 days at most, for repair.',
  ],
  ['Logs of the programs, without addresses and without links', 'To find faults. Three months.'],
  ['Backups of the tables', 'To recover from accidents. 35 days.'],
  ['Public figures about papers: upvotes, comments, stars', 'To see what rises; nothing of you. 90 days.'],
];

/** Who runs this, what is stored, and how to have it back or gone. */
export function PrivacyPage({ sender, postalAddress, contact }: Publisher) {
  return (
    <MessagePage title="Privacy">
      <h2>Who runs this</h2>
      <p>
        The mails are sent by {sender}, {postalAddress}. Questions go to <a href={`mailto:${contact}`}>{contact}</a>.
      </p>
      <h2>What is stored, why, and for how long</h2>
      <dl>
        {kept.map(([what, why]) => (
          <>
            <dt>{what}</dt>
            <dd>{why}</dd>
          </>
        ))}
      </dl>
      <h2>What is not</h2>
      <p>
        No cookies, no pictures or links that count whether you read or click, no fonts or scripts from elsewhere. These
        pages do not store from where you visit them.
      </p>
      <h2>Who else sees it</h2>
      <p>
        It all runs in one account at Amazon Web Services. Amazon SES delivers the mails as a processor, and so sees
        your address and each mail; an address to which a mail came back, or which reported one, it keeps on the
        account's list of suppressed addresses. Nobody else is given anything.
      </p>
      <h2>Your rights</h2>
      <p>
        The link to your preferences in every digest opens a page where you can change everything, download all of it as
        a file, and erase it. One press in any mail ends the mails. If you have no mail of ours at hand, write to{' '}
        <a href={`mailto:${contact}`}>{contact}</a>; you may also complain to the data protection authority where you
        live.
      </p>
      <p class="soft small">Version {pageVersion} of the form and of this page.</p>
    </MessagePage>
  );
}
