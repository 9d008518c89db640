/**
 * Names the wording of the form and of the privacy page, and is journalled with each consent; a change of either
 * wording takes a new name.
 */
export const pageVersion = '2026-11';
