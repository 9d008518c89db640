/** What an admin can do, as `npm run cli -- NAME` runs it and as its help page shows it. */
export interface Command {
  /** One word, or two: `subscribers import`. */
  readonly name: string;
  /** One line for the table of commands. */
  readonly summary: string;
  readonly operands?: readonly Operand[];
  readonly options?: Readonly<Record<string, Option>>;
  /** Works on a house, so it takes `--data DIR`, or `--stack NAME` with `--region` and `--profile`. */
  readonly place?: 'house' | 'house-if-given';
  /** Takes `--dry-run`: it then says what it would do, and writes nothing. */
  readonly writes?: true;
  /** Further paragraphs of the help page, each a line or more. */
  readonly more?: string;
  readonly run: (given: Given, io: Io) => Promise<void>;
}

/** What is given without a name; those that may be left out come last. */
export interface Operand {
  readonly name: string;
  readonly isOptional?: true;
  readonly help: string;
}

/** What is given by `--name`; `value` names what follows a `string` option on the help page. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly value?: string;
  readonly help: string;
}

/** What was typed, read: no more operands than the command has, and no fewer than it needs. */
export interface Given {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Always there for a command whose place is a `house`. */
  readonly place: Place | undefined;
  readonly isDryRun: boolean;
  readonly json: boolean;
}

/** Which Paperboy a command works on: one in a folder of this machine, or a deployed stack. */
export type Place =
  | { readonly kind: 'local'; readonly dataDir: string }
  | { readonly kind: 'deployed'; readonly stack: string; readonly region?: string; readonly profile?: string };

/** Where a command speaks. */
export interface Io {
  /** Prints a line or more for people to stdout; nothing with `--json`. */
  readonly out: (text: string) => void;
  /** Prints the answer in one line to stdout, with `--json` alone; called once, at the end. */
  readonly json: (value: object) => void;
  /** Prints a line to stderr, also with `--json`: what people should know, and no program reads. */
  readonly tell: (line: string) => void;
  /** In that style on a terminal that shows colors, unless `NO_COLOR` is set. */
  readonly paint: (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;
  /** A bar for long work, on a terminal's stderr only. `end` it in a `finally`. */
  readonly progress: (what: string, total: number) => Progress;
  /** Ends the process with this code once the command is done. */
  readonly exitWith: (code: number) => void;
}

/** A bar: `step` moves it on, by one unless said, and `end` takes it away. */
export interface Progress {
  readonly step: (by?: number) => void;
  readonly end: () => void;
}
