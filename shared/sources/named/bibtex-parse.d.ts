/** What is used of the package, which brings no types. */
declare module 'bibtex-parse' {
  /** A value as it is written, without its braces or quotes; joined ones are a list. */
  export interface BibtexValue {
    readonly value: string | number | null | readonly BibtexValue[];
  }
  export interface BibtexField extends BibtexValue {
    readonly name: string;
  }
  export interface BibtexItem {
    readonly itemtype: 'entry' | 'comment' | 'string' | 'preamble';
    readonly fields?: readonly BibtexField[];
  }
  /** Throws where an entry is damaged. */
  export function parse(text: string): readonly BibtexItem[];
}
