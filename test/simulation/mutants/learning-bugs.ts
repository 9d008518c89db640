import { bug, type Mutant } from './mutant.js';

/** Bugs of what is learned of examples. */
export const learningBugs: readonly Mutant[] = [
  bug(
    'examples are kept over another change',
    'shared/storage/examples/learned-topics.ts',
    '(over ? isAsLoaded(over) : [absent(',
    "(over ? [is('n', over.n)] : [absent(",
  ),
];
