import { bug, type Mutant } from './mutant.js';

const anew = 'shared/learning/learn-anew.ts';

/** Bugs of what is learned of examples. */
export const learningBugs: readonly Mutant[] = [
  bug(
    'examples are kept over another change',
    'shared/storage/examples/learned-topics.ts',
    '(over ? isAsLoaded(over) : [absent(',
    "(over ? [is('n', over.n)] : [absent(",
  ),
  bug('nobody follows up who died while learning', anew, 'await topics.open(subscriber, mark, now() + soonMs);', ''),
];
