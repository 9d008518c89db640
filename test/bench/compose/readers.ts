import type { MailDigest } from '../../../shared/delivery/digest-mailer.js';
import type { LoadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { choosePapers } from '../../../shared/domain/edition/choose-papers.js';
import { resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { type Digest, digestView } from '../../../shared/mail/digest/digest.js';
import { sentBy, subscriberFooterLinks, thanks } from '../../../shared/mail/layout/footer-view.js';
import { editionUrl, subscriberLinks } from '../../../shared/mail/send/installation.js';
import type { SigningKey } from '../../../shared/runtime/tokens.js';
import { aClaim, aProfile, aSubscriber, subscriberId } from '../../support/builders.js';
import { seeded } from '../measure.js';
import { drawn, subjects } from './edition.js';
import type { PeerMail } from './peers.js';

export const installation = {
  from: 'Paperboy <post@paperboy.example.org>',
  postalAddress: '1 Long Lane, 12345 Smalltown',
  pagesUrl: 'https://paperboy.example.org',
};

const distinctChoices = 60;
const mostPapers = 10;

/** What a few dozen readers chose, three topics each, and the ten best papers for it. */
function choices(edition: LoadedEdition) {
  const random = seeded(7);
  const made = [];
  while (made.length < distinctChoices) {
    const own = Array.from({ length: 3 }, () => {
      const [one, other] = [drawn(random, subjects), drawn(random, subjects)];
      return { name: `About ${one}`, filter: `${one} OR ${other}` };
    });
    const { topics } = resolveTopics(own, []);
    const content = choosePapers(edition.indexed, { topics, seen: [], maxPapers: mostPapers });
    if (content.papers.length === mostPapers) made.push({ profile: aProfile({ topics: own }), content });
  }
  return made;
}

/** Readers of an edition by number, each with an address and links of their own. */
export function benchReaders(edition: LoadedEdition, key: SigningKey) {
  const made = choices(edition);
  const choiceOf = (reader: number) => made[reader % made.length] ?? made[0];
  const addressOf = (reader: number) => `reader.${reader}@mail.example.net`;
  const viewOf = ({ content }: (typeof made)[number]) => {
    const digest: Digest = {
      ...{ to: 'x@example.net', sender: installation.from, postalAddress: installation.postalAddress, listId: 'x' },
      ...{
        preferencesUrl: '',
        unsubscribeUrl: '',
        editionUrl: '',
        orderUrl: '',
        archiveUrl: '',
        dayUrl: '',
        aiSummaries: true,
      },
      ...{ edition: edition.date, editionSize: edition.indexed.papers.length, matched: 23 },
      period: 'day',
      dayLine: '3 new since yesterday, 7 from earlier this week. Hugging Face listed nothing on Saturday.',
      papers: content.papers.map(({ ranked, reasons }) => ({ ...ranked, reasons })),
    };
    return digestView(digest);
  };
  const views = made.map(viewOf);
  return {
    /** What the deployed function's mailer gets. */
    claimed(reader: number): Parameters<MailDigest>[0] {
      const choice = choiceOf(reader);
      if (!choice) throw new Error('there is no choice');
      const profile = { ...choice.profile, address: addressOf(reader) };
      const subscriber = aSubscriber({ id: subscriberId(reader), profile });
      return { subscriber, claim: aClaim(), content: choice.content, edition };
    },
    /** The same mail for those who lay it out from a view. */
    peerMail(reader: number): PeerMail {
      const view = views[reader % views.length];
      if (!view) throw new Error('there is no view');
      const links = subscriberLinks(key, installation.pagesUrl, subscriberId(reader), aClaim().at);
      const messageId = `${edition.date}.1.${subscriberId(reader)}@paperboy.example.org`;
      return {
        view: { ...view, footer: { ...view.footer, links: subscriberFooterLinks(links) } },
        orderUrl: `${installation.pagesUrl}/how`,
        editionUrl: editionUrl(installation, edition.date),
        sentBy: sentBy('Paperboy', installation.postalAddress),
        thanks,
        envelope: { from: installation.from, to: addressOf(reader), messageId },
        headers: {
          'List-Id': 'Paperboy <paperboy.paperboy.example.org>',
          'List-Unsubscribe': `<${links.unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
        },
      };
    },
  };
}
