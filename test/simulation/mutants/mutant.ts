import type { Edit } from '../command/bundle.js';
import type { RunOptions } from '../engine/draw-profile.js';

/** A bug that is planted into a copy of the product, never into its code. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** What it takes to show, where chance alone would take long. */
  readonly options?: Partial<RunOptions>;
}

/** A bug of one change. */
export const bug = (
  name: string,
  file: string,
  find: string,
  replace: string,
  options: Partial<RunOptions> = {},
): Mutant => ({
  name,
  edits: [{ file, find, replace }],
  options,
});
