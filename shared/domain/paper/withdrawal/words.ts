/** One of these words; `_` stands for a space, and each may be a regular expression. */
export function oneOf(words: string): string {
  return `(?:${words.trim().split(/\s+/).join('|').replaceAll('_', '\\s+')})`;
}

/** A pattern without regard to case. */
export const insensitive = (source: string) => new RegExp(source, 'i');

/** What a paper calls itself. */
export const noun = `${oneOf(`
  papers? articles? submissions? manuscripts? pre-?prints? e-?prints? works? drafts? notes? documents? reports? letters?
  study contribution versions? thesis entry publication chapter survey file
`)}(?![\\w'’-])`;

/** Words in front of that noun which make it another paper. */
export const otherwise = oneOf(`
  previous prev earlier prior older? original first initial second third other companion related cited conference journal
  workshop published parent former longer shorter of and in
`);

/** Words in front of it which leave it this one. */
export const whole = `(?:${oneOf(`
  present current newest latest last above following entire whole full arxiv said posted submitted uploaded
`)}\\s+)*`;

/** This paper, named as such. */
export const subject = `(?:this(?:\\s+(?!${otherwise}\\b)[\\w-]+){0,2}?\\s+${noun}|(?:the|our|my|all)\\s+${whole}${noun})`;

const ofPaper = '\\s+of\\s+(?:this|the|our|my)\\s+(?:paper|article|manuscript|work|submission|preprint)';
const onArxiv = '\\s+(?:on|in|to)\\s+(?:the\\s+)?arxiv(?:\\.org)?';
const closer = '\\s+(?:titled|entitled|with|by)\\s[^,]{1,80}?|\\s+and\\s+(?:its|all)\\s+[\\w ]{1,30}?';

/** What may stand between this paper and what was done to it. */
export const detail = `(?:${ofPaper}|${onArxiv}|${closer})?(?:\\s*,[^,]{1,120},)?`;

/** A word that helps the verb along and leaves it a fact. */
export const helper = `(?:${oneOf(`
  has have had is are was were be been being will shall must should to needs? requires? got now hereby herewith thus
  therefore hence consequently accordingly temporarily permanently voluntarily officially formally immediately currently
  already also since just recently unfortunately subsequently later then regrettably finally completely entirely
`)}\\s+)`;

const label = `(?:${oneOf(`
  (?:please_)?note(?:_that|s)? comments? updated? status notice warning important attention remarks? erratum errata
  (?:arxiv_)?admin(?:istrat\\w+)?_(?:note|comment|notice) authors?['’]?s?_(?:note|comment|notice)
  v(?:ersion)?\\.?\\s*\\d+ \\d+\\s*(?:pages?|pp|figures?|figs?|tables?|references) \\d+(?:/\\d+)*(?![\\d/])
  (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*)
`)})\\b`;

/** What stands in front of a statement and is none: "12 pages, 3 figures.", "Note:", "v2:". */
export const labels = `^\\W*(?:${label}(?:[\\s:.,–-]|and\\b)*)*`;

/** Who can withdraw a paper. */
export const actor = `(?:we|i|${oneOf(`
  (?:we,?_)?(?:(?:the|all|both|its)_)*(?:(?:first|second|corresponding|submitting|sole|present|remaining)_)?(?:co-?)?authors?
  the_submitter (?:the_)?arxiv(?:\\.org)?(?:_(?:admin\\w*|moderat\\w*|staff|team))? (?:the_)?administrat\\w+ (?:the_)?moderators?
`)}),?`;

/** How they say that they do. */
export const wish = `(?:${oneOf(`
  have has had are is am was were be been hereby herewith therefore thus hence now also wish(?:es)? wants? would like
  decided? choose chose chosen needs? must will should regret request(?:s|ed)? ask(?:s|ed)? agreed? intend plan prefer
  elected respectfully voluntarily jointly temporarily permanently unanimously formally officially regretfully
  regrettably kindly unfortunately going forced obliged compelled that we to
`)}\\s+)*`;
