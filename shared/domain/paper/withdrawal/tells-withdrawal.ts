import { isAboutFault, isAboutThing, isAboutVenue, isDenied, isElsewhere, isMainClause, isOpen } from './bearing.js';
import { type Mention, mentionsIn } from './mentions.js';
import { actor, detail, helper, insensitive, labels, noun, oneOf, otherwise, subject, whole, wish } from './words.js';

/** What arXiv holds of a paper that may tell of its withdrawal. */
export interface WithdrawalTexts {
  readonly comment?: string;
  readonly abstract: string;
  readonly title?: string;
  /** Of these texts; what is said of an earlier one withdraws nothing. */
  readonly version?: number | undefined;
}

interface Told extends Mention {
  /** A comment is about its paper, an abstract about the world. */
  readonly isComment: boolean;
  /** The text says that the paper is back. */
  readonly isRepaired: boolean;
  /** The text is little more than a notice. */
  readonly isBrief: boolean;
  readonly version: number | undefined;
}

const passive = insensitive(`^(.*?)\\b(${subject})${detail}\\s+(${helper}*)$`);
const bare = insensitive(`${labels}(?:${noun}\\s+(?:is\\s+)?)?(${helper}*)$`);
const contradicted = insensitive(
  `^.{0,60}?\\b${subject}\\s(?:(?!\\b(?:which|that|who|whose)\\b).){0,160}(?:,|\\b(?:and|but|so|therefore|hence|thus))\\s+(?:and\\s+)?(?:it\\s+)?(${helper}+)$`,
);
const itself = insensitive(`(?:^\\W*|,\\s*|\\b(?:and|so|hence|therefore|thus|because|but)\\s+)it\\s+(${helper}+)$`);
const onlyLabels = insensitive(`${labels}$`);
const active = insensitive(`^(.*?)(?:^|[\\s,])(${actor})\\s+${wish}$`);
const object = insensitive(
  `^\\s+(?:it\\b|(?:this|our|my)(?:\\s+(?!${otherwise}\\b)[\\w-]+){0,2}?\\s+${noun}|the\\s+${whole}${noun})`,
);
const ownObject = insensitive(`^\\s+(?:this|our|my|the\\s+(?:present|current))\\b`);
const ofThis = insensitive(`^\\s+of\\s+(?:this|the|our|my)\\s+${whole}${noun}`);
const wanted =
  /\b(?:request(?:s|ed|ing)?|seek(?:s|ing)?|ask(?:s|ed|ing)?\s+for|request\s+for)\s+(?:the\s+|a\s+|its\s+)?$/i;

function isOfNow({ isRepaired }: Told, helpers: string): boolean {
  return !(isRepaired && /\b(?:was|were|had)\b/i.test(helpers) && !/\b(?:is|has|now)\b/i.test(helpers));
}

function isPassive(found: Told): boolean {
  const { before, word, after, isComment, isOpening, isBrief } = found;
  if (!/(?:ed|n|withdraw|withdrew|down|out|offline|back)$/i.test(word)) return false;
  const [, lead = '', what = '', helpers = ''] = passive.exec(before) ?? [];
  if (what === '' || isElsewhere(after) || isOpen(after) || !isOfNow(found, helpers)) return false;
  if (helpers === '' && !onlyLabels.test(lead)) return false;
  if (isComment) return isMainClause(lead);
  // An abstract may tell of somebody else's paper: "the paper" is this one only where there is little else.
  const isPast = /\b(?:was|were|had)\b/i.test(helpers);
  const isThis = /^this\b/i.test(what) || isOpening || (isBrief && !isPast);
  return isThis && isMainClause(lead) && (!isPast || continued.test(after.replace(inYear, ' told')));
}

function isActive({ before, word, after, isComment, isOpening }: Told): boolean {
  if (!/^(?:withdr|retract)/i.test(word) || /(?:al|als|ion|ions)$/i.test(word)) return false;
  const [, lead = '', who = ''] = active.exec(before) ?? [];
  if (who === '' || !isMainClause(lead) || /\b(?:one|some|an?|another|of)\s*$/i.test(lead)) return false;
  const what = object.exec(after)?.[0];
  if (what !== undefined) {
    const isTheirs = isComment || isOpening || (/^(?:we|i)$/i.test(who) && ownObject.test(what));
    return isTheirs && !isElsewhere(after.slice(what.length), 'at|in|to|during');
  }
  const isWhole = /^\s*(?:$|[.,;:!])|^\s+(?:due to|because|owing to|pending|until)\b/i.test(after);
  return isWhole && (isComment || (isOpening && /author/i.test(who)));
}

const continued = insensitive(
  `^\\s*(?:$|[.,;:!?…*_-])|^\\s+${oneOf(`
  by due because as since for until pending owing and at per upon on in following awaiting see temporarily permanently
  voluntarily from to with so while after before prior under effective now today
`)}\\b`,
);
const continuedInAbstract =
  /^\s*(?:$|[.:;!])|^\s+(?:by\s+(?:the\s+)?(?:authors?|arxiv|admin\w*|us|submitter)|due to|because|pending|owing to|for\s+(?:\w+\s+)?(?:revisions?|corrections?))\b/i;
const inYear = /^\s+(?:in|after)\s+(?:\d{4}|its)\b/i;
const ofItself =
  /^\s+(?:paper|submission|manuscript|article|pre-?print|e-?print)(?=\s*(?:$|[.,;:!-]|due\b|by\b|because\b))/i;
const behindComma = insensitive(
  `,\\s*${oneOf('(?:now|later|then|temporarily|permanently|since|hereby|voluntarily)_')}*$`,
);
const paperBehindComma = /,\s*(?:the\s+)?(?:paper|article|submission|manuscript|preprint)\s+(?:is\s+)?$/i;

/** `Withdrawn due to …`, `12 pages; paper withdrawn`: nobody else is named, so it is this paper. */
function isBare(found: Told): boolean {
  const { before, word, context, isComment, isOpening, isBracketed } = found;
  const after = found.after.replace(ofItself, '');
  const helpers = bare.exec(before)?.[1];
  const isListed = helpers === undefined && isComment && (behindComma.test(before) || paperBehindComma.test(before));
  if ((helpers === undefined && !isListed) || !(isComment || isOpening)) return false;
  if (!(isComment ? continued : continuedInAbstract).test(after) || isElsewhere(after)) return false;
  if (isOpen(after) || !isOfNow(found, helpers ?? '') || !isOfThisVersion(found)) return false;
  if (!/^(?:withdraw|retract)/i.test(word) && !isByArxiv(before, after)) return false;
  if (isBracketed && context !== '' && !onlyLabels.test(context)) return false;
  const around = isListed ? before : context;
  if (isAboutVenue(around) && !isAboutFault(after)) return false;
  return !isListed || paperBehindComma.test(before) || !isAboutThing(before);
}

function isOfThisVersion({ before, version = 2 }: Told): boolean {
  const named = [...before.matchAll(/\bv(?:ersion)?\.?\s*(\d+)/gi)].at(-1)?.[1];
  return named === undefined || Number(named) >= version;
}

function isByArxiv(before: string, after: string): boolean {
  return /\badmin/i.test(before) || /^\s+by\s+(?:the\s+)?(?:arxiv|authors?|admin\w*|moderat\w*)\b/i.test(after);
}

/** `Withdrawal due to …`, `I request the retraction of this paper`, `Withdrawing this paper`. */
function isNamed({ before, word, after, isComment }: Told): boolean {
  const isInFront = onlyLabels.test(before);
  const ofIt = ofThis.exec(after)?.[0];
  if (/ing$/i.test(word)) return isComment && isInFront && object.test(after) && !isElsewhere(after, 'at|in|to|during');
  if (!/(?:al|ion|l)$/i.test(word)) return false;
  if (ofIt !== undefined && (isInFront || wanted.test(before)))
    return (isComment || /\sthis\s/i.test(ofIt)) && !isElsewhere(after.slice(ofIt.length));
  const isWhole = /^\s*(?:$|[.,;:!])|^\s+(?:due to|because|by the authors?|by arxiv|notice|request)\b/i.test(after);
  return isComment && isWhole && (isInFront || wanted.test(before)) && !/^remov/i.test(word);
}

/** `This paper has an error and is withdrawn`; `it` is this paper where nothing else was spoken of. */
function isFollowing(found: Told): boolean {
  const { before, after, context, isComment } = found;
  if (isElsewhere(after) || isOpen(after)) return false;
  const helpers = contradicted.exec(before)?.[1];
  if (helpers !== undefined && /\b(?:has|have|is|was|be|been)\b/i.test(helpers))
    return (isComment || isAboutFault(before)) && isOfNow(found, helpers);
  const own = itself.exec(before)?.[1];
  return own !== undefined && isComment && !isAboutThing(`${context} ${before}`) && isOfNow(found, own);
}

function tells(found: Told): boolean {
  if (isDenied(found.before)) return false;
  return isPassive(found) || isActive(found) || isNamed(found) || isBare(found) || isFollowing(found);
}

const restored =
  /\b(?:reinstated|(?:is|was|been|now|and) restored|un-?withdrawn|un-?retracted|no longer (?:withdrawn|retracted)|withdrawal (?:has been|is|was) (?:revoked|reversed|cancell?ed|undone|lifted))\b/i;
const repaired =
  /\bnow (?:corrected|fixed|resubmitted|re-?posted|available again|revised|back)\b|\bthis (?:(?:new|corrected|revised|updated) )?(?:version|revision|resubmission) (?:corrects|fixes|repairs|resolves|restores|replaces|supersedes)\b/i;

function isTold(text: string, isComment: boolean, version: number | undefined): boolean {
  const isBrief = text.length < 250;
  const isBack = restored.test(text) && !/\bwill be (?:reinstated|restored)\b/i.test(text);
  if (isBack && (isComment || isBrief)) return false;
  const isRepaired = repaired.test(text);
  return mentionsIn(text).some((found) => tells({ ...found, isComment, isRepaired, isBrief, version }));
}

/**
 * Whether these texts say that this very paper was withdrawn, by its authors or by arXiv. What they say about a venue, a
 * data set, another paper or an earlier version is not a withdrawal, nor is a study of withdrawals.
 */
export function tellsWithdrawal({ comment = '', abstract, title = '', version }: WithdrawalTexts): boolean {
  if (/^\W*(?:withdrawn|retracted)\s*(?:[:\])]|$)/i.test(title)) return true;
  return isTold(comment, true, version) || isTold(abstract, false, version);
}
