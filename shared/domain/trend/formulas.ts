import { formula1 } from './formula-1.js';
import { formula2 } from './formula-2.js';
import type { Formula } from './trend-score.js';

/** Every formula that ever ranked an edition; `docs/trend-score.md` says where the constants come from. */
export const formulas: readonly [Formula, ...Formula[]] = [formula1, formula2];

/** The formula of new editions. */
export const currentFormula: Formula = formula2;
