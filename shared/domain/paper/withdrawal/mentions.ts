/** One mention of a withdrawal, with the rest of its clause. */
export interface Mention {
  readonly before: string;
  readonly word: string;
  readonly after: string;
  /** What stands before its clause in the same sentence. */
  readonly context: string;
  readonly isBracketed: boolean;
  /** In the first sentence of the text. */
  readonly isOpening: boolean;
}

interface Clause {
  readonly text: string;
  readonly context: string;
  readonly isBracketed: boolean;
  readonly isOpening: boolean;
}

const mention =
  /\b(?:withdraw(?:n|ed|s|ing|als?|l)?|withdrew|retract(?:ed|s|ing|ions?)?|remov(?:ed|al)|deleted|taken (?:down|out|offline|back)|revoked|rescinded|recalled)\b/gi;

/** Looked at on either side of a mention: bounds what a hostile text costs. */
const reach = 240;

// `[3]` names a reference, and `paper(s)` one word.
const bracketed = /\((?!s\))([^()]*)\)|\[(?!\d+\])([^[\]]*)\]/g;
const quoted = /“[^”]*”|"[^"]*"|``[^`']*''/g;
const sentenceEnd = /(?<=[.!?])\s+(?=[^a-z\s])/;
const clauseEnd = /;|\s[-–—|]+\s|—/;

/** The mentions of a withdrawal in a text; brackets are clauses of their own, and what is quoted is left out. */
export function mentionsIn(text: string): Mention[] {
  return clausesOf(text).flatMap(({ text: clause, ...place }) =>
    [...clause.matchAll(mention)].map(({ 0: word, index }) => ({
      ...place,
      context: place.context.slice(-reach),
      before: (index > reach ? '…' : '') + clause.slice(Math.max(0, index - reach), index),
      word,
      after: clause.slice(index + word.length, index + word.length + reach),
    })),
  );
}

function clausesOf(text: string): Clause[] {
  const spoken = text.replace(quoted, ' ');
  const plain = spoken.trim() === '' ? text : spoken;
  return plain.split(sentenceEnd).flatMap((sentence, index) => clausesOfSentence(sentence, index === 0));
}

function clausesOfSentence(sentence: string, isOpening: boolean): Clause[] {
  const brackets: Clause[] = [];
  const whole = sentence.replaceAll('(s)', 's');
  const outer = whole.replace(bracketed, (_, round, square, at) => {
    brackets.push({ text: round ?? square, context: whole.slice(0, at), isBracketed: true, isOpening });
    return ' ';
  });
  const clauses = outer.split(clauseEnd);
  const spoken = clauses.map((text, index) => {
    const context = clauses.slice(Math.max(0, index - 4), index).join('; ');
    return { text: text.replace(/\s+/g, ' ').trimStart(), context, isBracketed: false, isOpening };
  });
  return [...spoken, ...brackets];
}
