import { insensitive, oneOf } from './words.js';

const denying = oneOf('not never no_longer nor cannot previously formerly originally initially once earlier');
const betweenDenial = oneOf('be been being yet have has had to is was intend plan want wish going actually in_fact');
const denied = insensitive(`\\bun-?$|\\b${denying}(?:\\s+${betweenDenial})*\\s+$|n['’]t\\s+(?:\\w+\\s+){0,2}$`);
const possible =
  /\b(?:could|may|might|would|can)\s+(?:(?:also|later|then|still)\s+)?(?:be|get|have been)\s+$|\b(?:if|unless|whether)\b[^,]*$/i;

/** Whether the words before a mention deny it or leave it open. */
export function isDenied(before: string): boolean {
  return denied.test(before) || possible.test(before);
}

const unsure = oneOf('if once unless upon_acceptance when_(?:accepted|published) in_case');
const onCondition = insensitive(`^[^.,;]{0,40}?\\s${unsure}\\b`);

/** Whether the words behind a mention make it a plan, or a phrase that is only spoken of. */
export function isOpen(after: string): boolean {
  return onCondition.test(after) || /^\s+(?:is|are|appears|means|remains)\b/i.test(after);
}

const subordinating = oneOf(`
  if whether when why how after before until unless once which who whose where although though whenever
`);
const governing = oneOf(`
  of in for to with from on by than about as like into at against replac\\w+ supersed\\w+ correct\\w* extend\\w* merg\\w+
  cit\\w+ discuss\\w*
`);
const subordinate = insensitive(`\\b${subordinating}\\b|\\b${governing}\\s*$`);
const announcing = oneOf(`
  note regret request inform announce ask state declare recommend decided? agreed? aware advised? notice demand
`);
const announced = insensitive(`\\b${announcing}(?:\\s+\\w+)?\\s+that\\s*$`);

/** Whether the words before a subject leave its clause a statement of its own. */
export function isMainClause(lead: string): boolean {
  const tail = lead.slice(lead.lastIndexOf(',') + 1);
  return !subordinate.test(tail) && (!/\bthat\s*$/i.test(tail) || announced.test(tail));
}

const venueWord = insensitive(
  `\\b${oneOf(`
  conference workshop journal proceedings venue track symposium competition special_issue transactions review_process
  openreview program_chairs? area_chairs? editors?
`)}\\b`,
);
const acronym = "(?!arXiv)[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*\\s?['’]?(?:20)?\\d\\d";
const venueName = new RegExp(
  `\\b(?:${acronym}|${oneOf(`
  ICLR ICML Neur?IPS NIPS AAAI IJCAI [A-Z]*ACL EMNLP COLING COLM CVPR ICCV ECCV WACV KDD WWW SIGIR SIGGRAPH CHI ICRA IROS
  CoRL RSS Interspeech INTERSPEECH ICASSP TMLR JMLR TACL TPAMI PRL PR[A-EX] JHEP Nature Science IEEE ACM Springer Elsevier
  ARR eLife
`)})\\b`,
);
const submitted = /\b(?:submitted|accepted|submission|under review|presented|to appear|published)\b/i;

/** Whether a text speaks of a conference, a journal or a review. */
export function isAboutVenue(text: string): boolean {
  return venueName.test(text) || venueWord.test(text) || submitted.test(text);
}

const publicPlace = oneOf('arxiv archive public circulation e-?prints? preprint repository');
const publishing = 'publication\\b(?!\\s+(?:in|at|by(?!\\s+(?:the\\s+|its\\s+)?authors?))\\b)';
const considering = 'consideration\\b(?!\\s(?:at|by|in|of))(?=[^.;]{0,60}(?:because|due|error|mistake|flaw))';
const fromArxiv = insensitive(`^\\s+(?:the\\s+)?(?:${publicPlace}\\b|${publishing}|${considering})`);
const reason = oneOf('due_to because since as owing_to for and while but so in_favou?r pending until after');
const nextClause = insensitive(`[,;:]|\\b${reason}\\b(?! consideration)`);
const reviewing =
  /^\s+(?:after|before|prior to|during|following)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:reviews?|rebuttal|decision|discussion|acceptance|notification)\b/i;

/** Whether the words behind a mention say that it left some other place than arXiv, such as a conference. */
export function isElsewhere(after: string, places = 'at|in|by|during'): boolean {
  const direct = after.split(nextClause)[0] ?? '';
  const from = /\bfrom\b/i.exec(direct);
  if (from && !fromArxiv.test(after.slice(from.index + from[0].length))) return true;
  const place = insensitive(`\\b(?:${places})\\s+(?:the\\s+)?((?:\\S+\\s*){0,4})`).exec(direct)?.[1] ?? '';
  return venueWord.test(place) || venueName.test(place) || reviewing.test(after);
}

const faults = insensitive(
  `\\b${oneOf(`
  errors? flaw\\w* mistakes? incorrect wrong bugs? invalid gap false erroneous plagiari\\w* disput\\w+ fraud\\w* licen[cs]e
  copyright authorship
`)}\\b`,
);

/** Whether a text gives a reason that withdraws a paper wherever it was submitted. */
export function isAboutFault(text: string): boolean {
  return faults.test(text);
}

const things = insensitive(
  `\\b${oneOf(`
  data\\W?sets? data code models? weights images? drugs? claims? theorems? lemmas? sections? appendix figure benchmarks?
  checkpoints? patents? software package tool funding results? reference proofs? versions?
  (?:previous|earlier|prior|other|companion)_\\w+ (?:arxiv:)?\\d{4}\\.\\d{4,5}
`)}\\b`,
);

/** Whether a text names something else that may have been withdrawn; what took this paper's place was not. */
export function isAboutThing(text: string): boolean {
  return things.test(text.replace(/\b(?:superseded|replaced) by\b[^,;]*/gi, ''));
}
